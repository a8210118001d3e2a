"""The cover of a printed book: back, spine and front on one sheet.

sheet.py     where they lie, by the pages and the paper
designs.py   what they look like: a folder of designs/ each
colours.py   one colour, as the printer takes it
fitting.py   words as large as their place allows
spine.py     words on the spine, if there is room for them
bars.py      the ISBN as bars
document.py  all of it as one document
setting.py   set, looked at and finished
"""

from publish.wrap.setting import Job, make_wrap

__all__ = ["Job", "make_wrap"]
