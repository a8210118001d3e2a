"""What a build takes, each figure beside a yardstick that is measured in turn with it.

    parts.py   all that is measured, by name: those of `--only`
    novel.py   novels of any length           edits.py    what an author changes
    bench.py   builds, in turn with others    rows.py     figures and aims, as a table

    cold.py    beside one piece and Pandoc    again.py    after a change, and after none
    epub.py    beside Pandoc                  lengths.py  beside a shorter book
    cluster.py beside one process             run_on.py   chapters that run on
    dense.py   beside half as much

    reading.py, whole.py    a book as one document and one sheet
    one_piece.py            sets it by WeasyPrint alone
    in_fragments.py         sets it by our library, in another style
    line_by_line.py         builds it with lines that are ended one by one
    pandoc.py               sets the same files by Pandoc and WeasyPrint

Programs of the last block run in processes of their own and load no more than they
need: so nothing is imported here.
"""
