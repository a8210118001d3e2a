"""What readers, shops and checkers find in our EPUBs, beside those of Pandoc.

beside.py   the subject "epub": every book by both, in turn
sides.py    one book by both: what it costs, what is in it, what is said of it
rows.py     the table of both

paging.py   whether the pages of print begin where our EPUBs say they do
"""
