"""How evenly paragraphs are set: line by line, as a whole, and by Typst.

prose.py   the paragraphs of a book, as plain text
setting.py the same paragraphs set by us and by Typst, in one font on one measure
lines.py   the spaces of the lines of any PDF
curve.py   the figures, over all costs of a hyphen
"""
