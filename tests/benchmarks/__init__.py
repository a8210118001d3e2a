"""What `publish` costs and what it makes, measured on whole books.

    python -m tests.benchmarks books      what each book costs, its faults, its fonts
    python -m tests.benchmarks epub       each EPUB beside Pandoc's; pages it lists
    python -m tests.benchmarks paragraphs how even lines are, beside Typst's
    python -m tests.benchmarks speed      what a build takes, beside its yardsticks

A subject is a module with `measure(Options) -> Figures`, named in `__main__.py`. No
figure makes anything fail: a machine may be as slow as it likes.

    subject.py   what a subject is asked and answers
    measure.py   one command in a fresh process: seconds and memory
    builds.py    one run of `publish build`, and what it said
    share.py     what of it goes into the words check      timed.py   measured there
    judges.py    what EPUBCheck, Ace and veraPDF say       fonts.py   what a PDF brings
    shelf.py     which books there are, and what is in them
    books.py     the subject "books"                       rows.py    its tables
    rival.py     beside Pandoc, in turn                    table.py   Markdown
    epub/        the subject "epub"
    paragraphs/  the subject "paragraphs"
    speed/       the subject "speed"
"""
