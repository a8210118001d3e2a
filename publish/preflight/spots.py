"""How far things lie from the edges of the page that is cut."""

from publish.preflight.document import Leaf
from publish.preflight.drawn import Words
from publish.preflight.job import Job
from publish.preflight.place import Box
from publish.preflight.say import shown


def from_spine(box: Box, leaf: Leaf, job: Job) -> float:
    """From the nearest point of it; less than 0 where it is beyond."""
    trim = job.trim_box(leaf)
    if job.spine_left(leaf):
        return box.left - trim.left
    return trim.right - box.right


def from_outside(box: Box, leaf: Leaf, job: Job) -> float:
    """From the outer edge, the top and the foot: from the nearest of these."""
    trim = job.trim_box(leaf)
    outer = trim.right - box.right if job.spine_left(leaf) else box.left - trim.left
    return min(outer, trim.top - box.top, box.bottom - trim.bottom)


def spot(box: Box, leaf: Leaf, job: Job) -> str:
    """Where it is, for who looks for it on paper."""
    down = job.length(job.trim_box(leaf).top - box.top)
    across = job.length(from_spine(box, leaf, job))
    return f"{across} from the spine, {down} from the top"


def said_at(words: Words, leaf: Leaf, job: Job) -> str:
    """The words, if they can be told, and where they stand."""
    where = spot(words.box, leaf, job)
    return f"“{said}”, {where}" if (said := shown(words.said)) else where
