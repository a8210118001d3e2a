"""The process that does works, one after the other.

Orders come pickled on standard input, an answer goes out for each. What happens to this
process, a crash or a kill, happens to it alone; and what a library never gives back of
its memory is given back when it ends.
"""

import gc
import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

from publish.crew.orders import Hands, Order
from publish.crew.work import WorkError

# WeasyPrint calls itself some ten times for each box in a box; a manuscript is at most
# a hundred deep before notes, lists and tables add their own. Python's usual limit of
# 1000 calls is met at 137. The stack is only taken where it is used.
CALLS, STACK = 50_000, 512 * 1024 * 1024


def main() -> None:
    # What a library prints must not get between the bytes of the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    # What a work makes lives to its end: looking for what could be thrown away costs
    # WeasyPrint 5 to 18 % of the time and saves 7 % of the memory.
    gc.disable()
    hands = Hands()
    with out:
        try:
            while True:
                order = pickle.load(sys.stdin.buffer)
                pickle.dump(_answer(hands, order), out, pickle.HIGHEST_PROTOCOL)
                out.flush()
        except (EOFError, BrokenPipeError):
            # Nobody has more to do.
            return


def _answer(hands: Hands, order: Order) -> Any:
    try:
        return hands.do(order)
    except WorkError as error:
        return error


def run_deep(work: Callable[[], None]) -> None:
    """Run with room for deep recursion, which the main thread's stack may not have."""
    sys.setrecursionlimit(CALLS)
    threading.stack_size(STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    run_deep(main)
