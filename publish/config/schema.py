"""The JSON Schema of `book.toml`, for editors that complete it.

`python -m publish.config.schema` prints what `publish/book.schema.json` must hold.
"""

import json
import sys

from publish.config.keys import FILE


def schema_text() -> str:
    """The whole schema, from the table that `load_config` checks with."""
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "book.toml of publish",
        **FILE.schema,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
