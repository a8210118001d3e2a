"""What may stand in a style sheet of an author's, read as WeasyPrint reads it.

sheet.py      what a sheet is for
check.py      looks one through          found.py   what is said of what it finds
families.py   fonts that print has not   cut.py     a sheet without some of it
hiding.py     what is not seen           declared.py   what it says of one thing
"""

from publish.stylesheets.check import check_sheet
from publish.stylesheets.cut import apart, without
from publish.stylesheets.declared import declared
from publish.stylesheets.families import check_families
from publish.stylesheets.hiding import Hiding, hidden_elements, hiding_rules
from publish.stylesheets.sheet import PRINTED, Sheet

__all__ = [
    "PRINTED",
    "Hiding",
    "Sheet",
    "apart",
    "check_families",
    "check_sheet",
    "declared",
    "hidden_elements",
    "hiding_rules",
    "without",
]
