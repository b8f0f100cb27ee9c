"""The YAML front matter of a Markdown file, with the places of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.model import AuditError
from audit.reading.jsonvalues import Text, Value

if TYPE_CHECKING:
    import yaml

_DEEPEST = 8


class FrontMatterError(AuditError):
    """Front matter that is not YAML; `line` is its line in the front matter, from 0."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(source: str, start: int, end: int) -> dict[str, Value] | None:
    """Return the fields of the front matter `source[start:end]` with their places in `source`, or None if it has none.

    Scalars stay strings: "no" is Norwegian. Raise `FrontMatterError` if it is not YAML.
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        node = yaml.compose(source[start:end], Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(error.problem or "not YAML", mark.line if mark else 0) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a character that YAML does not know, say
        raise FrontMatterError(str(error).split("\n")[0], 0) from None
    value = _value(source, node, start) if node else None
    return value if isinstance(value, dict) else None


def _value(source: str, node: yaml.Node, shift: int, depth: int = 0) -> Value:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index + shift, node.end_mark.index + shift
        if node.style in ("'", '"') and source[start + 1 : end - 1] == node.value:
            start, end = start + 1, end - 1
        return Text(node.value, start, end)
    if depth > _DEEPEST:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, member, shift, depth + 1) for member in node.value]
    return {
        key.value: _value(source, member, shift, depth + 1)
        for key, member in node.value
        if isinstance(key, yaml.ScalarNode)
    }


def plain(value: Value) -> Any:
    """Return a value without the places of its strings."""
    if isinstance(value, Text):
        return value.value
    if isinstance(value, list):
        return [plain(member) for member in value]
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    return None
