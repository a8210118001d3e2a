"""Tell what dollars hold: a formula, or prices, variables and templates.

Pandoc's rule is that the opening dollar has no space behind it and the closing one none
before it and no digit behind it. That takes "from $5 to 6$" for a formula; so what does
not look like one is asked more.
"""

import re

# Of a formula for sure: a command, or something raised.
_SURE = re.compile(r"\\[A-Za-z]{2,}|\^")
# What no formula holds: code, links, tags, addresses, and words side by side.
_CODE = re.compile(r"`|\]\(|</|://|\}\}|\{\{|\$\{|&&|;;|@|[€£¥₹]")
_WORDS = re.compile(r"[^\W\d_]{2,}[,;:.!?]?\s+[^\W\d_]{2,}")
_SIGNS = re.compile(r"[=<>+*/|(\d_−±×÷·≤≥≠≈≡→∈⊂∪∩∑∫√∞-]")
_SPOKEN = re.compile(
    r"\\(?:text\w*|mbox|hbox|textrm|mathrm|operatorname\*?)\s*\{[^{}]*\}"
)
# A name between dollars is one of a template (Pandoc, StringTemplate, RCS), unless it
# is as short as a product.
_NAME = re.compile(
    r"[A-Za-z_][\w.-]*(?:\([\w.]*\))?|(?:if|for|else|end\w+|sep|it)\b.*"
    r"|(?:Id|Rev|Revision|Date|Author|Log|Header|Name|Source)\b.*"
)
_LONG_NAME = re.compile(r"[a-z]{4,}|[A-Za-z]{2,}[_.-][A-Za-z]{2,}|^[A-Z]{5,}$")
_VARIABLE = re.compile(r"[A-Za-z_]{2}")
_TEMPLATE_WORD = re.compile(
    r"(?:if|for|else|endif|endfor|sep|it|Id|Rev|Date|Log|Name"
    r"|HOME|PATH|USER|NAME|DATE|TEXT|BODY|PAGE|FILE)(?:\W|$)"
)
# What may follow at once: "the $n$th", "two $x$s".
_ENDING = re.compile(r"(?:st|nd|rd|th|s|e|er|re|te|ten|ter|ème|ième)\b")
_LONGEST = 1000


def displayed(source: str) -> bool:
    """Whether what stands between double dollars is a formula."""
    if _SURE.search(source):
        return True
    # "From $$ to $$$" is what a meal costs.
    has_signs = bool(_SIGNS.search(source)) or len(source) == 1
    return has_signs and not _is_prose(source)


def displayed_in_line(text: str, begin: int, end: int) -> bool:
    """Whether what stands there between double dollars, in the middle of a sentence, is
    a formula. `$$` is a number in a shell as well: `kill -9 $$; x=$$`."""
    source = text[begin:end]
    if not displayed(source.strip()) or source.endswith("="):
        return False
    if source.lstrip().startswith((";", ",", ")")):
        return False
    if _SURE.search(source):
        return True
    before = text[begin - 3 : begin - 2]
    if before in {"=", "/"} or _is_of_a_word(before) or _CODE.search(source):
        return False
    # Nobody puts a space at one end of a formula only.
    return source[0].isspace() == source[-1].isspace()


def in_line(text: str, at: int, last: int) -> tuple[str, int] | None:
    """The formula that begins with the dollar there, and where it ends."""
    begin = at + 1
    if text[begin : begin + 1] == "`":
        return _github(text, begin, last)
    if begin >= last or text[begin].isspace() or text[begin] == "$":
        return None
    end = _closing(text, begin, last)
    if end < 0 or text[end - 1].isspace():
        return None
    source = text[begin:end]
    before = text[at - 1] if at else " "
    after = text[end + 1 : min(last, end + 8)]
    if not _fits(source, before, after):
        return None
    return source, end + 1


def _github(text: str, begin: int, last: int) -> tuple[str, int] | None:
    """The way of GitHub, where the dollars stand round code."""
    end = text.find("`$", begin + 1, min(last, begin + _LONGEST))
    source = text[begin + 1 : end].strip()
    if end < 0 or not source or "`" in source or "\n" in source:
        return None
    return source, end + 2


def _closing(text: str, begin: int, last: int) -> int:
    at = begin
    while at < min(last, begin + _LONGEST):
        if text[at] == "\\":
            at += 1
        elif text[at] == "$":
            return at
        at += 1
    return -1


def _fits(source: str, before: str, after: str) -> bool:
    sure = bool(_SURE.search(source))
    stands = _may_begin(source, before, sure) and _may_end(source, after, sure)
    if not stands or source.count("\n") > (1 if sure else 0):
        return False
    return sure or _is_weak_formula(source)


def _may_begin(source: str, before: str, sure: bool) -> bool:
    """Not behind a word, as a dollar of Australia, but for what is raised: `5$^2$`."""
    if _is_of_a_word(before):
        return sure and source.startswith(("\\", "^", "_"))
    return before not in {"$", "\\"}


def _may_end(source: str, after: str, sure: bool) -> bool:
    """Not before a figure, as Pandoc has it, and before a word only where no variable
    begins: `$10^4$mal`, but not `$dir\\file$x`."""
    follows = after[:1]
    if follows.isdigit() or follows in {"$", "{"}:
        return False
    if follows == "(" and source.startswith("("):
        return False
    if _is_of_a_word(follows) and not _ENDING.match(after):
        return sure and not _VARIABLE.match(source)
    return True


def _is_of_a_word(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "_")


def _is_weak_formula(source: str) -> bool:
    """Whether what has no sure sign of a formula may still be one."""
    if _CODE.search(source) or _is_prose(source) or _is_template(source):
        return False
    if source.count("{") != source.count("}"):
        return False
    # "5 (or 4": a price and words.
    return not (source[0].isdigit() and re.search(r"[^\W\d_]{2,}", source))


def _is_prose(source: str) -> bool:
    return bool(_WORDS.search(_SPOKEN.sub(" ", source)))


def _is_template(source: str) -> bool:
    if _TEMPLATE_WORD.match(source):
        return True
    if len(set(source)) == 1:
        # A wall AAAA, a wire iiii.
        return False
    return bool(_NAME.fullmatch(source) and _LONG_NAME.search(source))
