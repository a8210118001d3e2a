"""What a sheet says of one thing."""

import tinycss2


def declared(css: str, selector: str, name: str) -> str:
    """The last value that a property has where a rule, in no other, names *selector*
    alone or among others; empty for none."""
    value = ""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True):
        if rule.type != "qualified-rule":
            continue
        named = tinycss2.serialize(rule.prelude).split(",")
        if selector in (" ".join(one.split()) for one in named):
            for node in tinycss2.parse_blocks_contents(rule.content):
                if node.type == "declaration" and node.lower_name == name:
                    value = tinycss2.serialize(node.value).strip()
    return value
