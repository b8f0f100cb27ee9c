"""Write values as TOML has them (https://toml.io/en/v1.0.0)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def written(value: Any) -> str:
    """Return a text, number, truth, list or table on one line.

    Strings know the escapes of JSON, as TOML's do, where DEL may not stand either.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(name)} = {written(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """Return the name of a key, in quotation marks unless it may stand bare."""
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else written(name)
