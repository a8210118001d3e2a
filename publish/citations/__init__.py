"""What a text cites: put into words, and listed.

passages.py   what is cited in the text, and how
library.py    the sources: bibtex.py (latex.py), csl_json.py -> record.py
styles.py     the style; locators.py: places in a source
scope.py      what shares a bibliography, as a question to the engine
engine.py     the processor of CSL; asking.py: asks it, reply.py: what it answers
apart.py      sources told apart by names (names.py) before letters
setting.py    answers and author's words as they stand in the text
place.py      where the sources are listed
cite.py       all of it, top to bottom (signs.py: stand-ins, terms.py: words)
"""

from publish.citations.cite import cite_sources

__all__ = ["cite_sources"]
