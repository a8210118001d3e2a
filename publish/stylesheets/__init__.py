"""What may stand in a style sheet of an author's, read as WeasyPrint reads it.

sheet.py      what a sheet is for
check.py      looks one through          found.py   what is said of what it finds
families.py   fonts that print has not   cut.py     a sheet without some of it
"""

from publish.stylesheets.check import check_sheet
from publish.stylesheets.cut import apart, without
from publish.stylesheets.families import check_families
from publish.stylesheets.sheet import PRINTED, Sheet

__all__ = ["PRINTED", "Sheet", "apart", "check_families", "check_sheet", "without"]
