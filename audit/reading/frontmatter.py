"""The YAML front matter of a Markdown file, with the places of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.model import AuditError
from audit.reading.jsonvalues import Text, Value

if TYPE_CHECKING:
    import yaml

_DEEPEST = 8  # what lies deeper is left out
_TOO_DEEP = 1_000


class FrontMatterError(AuditError):
    """Front matter that is not YAML; `line` is its line in the front matter, from 0."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(source: str, start: int, end: int) -> dict[str, Value] | None:
    """Return the fields of the front matter `source[start:end]` with their places in `source`, or None if it has none.

    Scalars stay strings: "no" is Norwegian. Lists and mappings that an alias repeats are left out, and so is what lies
    too deep, so that no front matter grows as it is read. Raise `FrontMatterError` if it is not YAML.
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder(source, start)
    try:
        for event in yaml.parse(source[start:end], Loader=loader):  # composing nodes overflows the stack of libyaml
            builder.add(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(error.problem or "not YAML", mark.line if mark else 0) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a character that YAML does not know, say
        raise FrontMatterError(str(error).split("\n")[0], 0) from None
    return builder.root[0] if builder.root and isinstance(builder.root[0], dict) else None


class _Builder:
    """Builds values from the events of a YAML parser, without recursion."""

    def __init__(self, source: str, shift: int) -> None:
        self.root: list[Value] = []
        self._source = source
        self._shift = shift
        self._around: list[list[Value] | dict[str, Value]] = [self.root]
        self._keys: list[str | None] = [None]  # the key that waits for its value, for each of `_around`
        self._anchors: dict[str, Text] = {}

    def add(self, event: yaml.Event) -> None:
        """Take the next event."""
        import yaml

        if isinstance(event, yaml.ScalarEvent):
            text = self._text(event)
            if event.anchor:
                self._anchors[event.anchor] = text
            self._put(text)
        elif isinstance(event, yaml.AliasEvent):
            self._put(self._anchors.get(event.anchor or ""))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if len(self._around) > _TOO_DEEP:  # the time that the parser takes grows with the square of the depth
                raise ValueError("nested too deeply")
            value: list[Value] | dict[str, Value] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            self._put(value if len(self._around) <= _DEEPEST else None)
            self._around.append(value)
            self._keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._around.pop()
            self._keys.pop()

    def _put(self, value: Value) -> None:
        inside = self._around[-1]
        if isinstance(inside, list):
            inside.append(value)
        elif self._keys[-1] is None:
            self._keys[-1] = value.value if isinstance(value, Text) else ""
        else:
            inside[self._keys[-1]] = value
            self._keys[-1] = None

    def _text(self, event: yaml.ScalarEvent) -> Text:
        assert event.start_mark  # the parser sets both
        assert event.end_mark
        start, end = event.start_mark.index + self._shift, event.end_mark.index + self._shift
        if event.style in ("'", '"') and self._source[start + 1 : end - 1] == event.value:
            start, end = start + 1, end - 1
        return Text(event.value, start, end)


def plain(value: Value) -> Any:
    """Return a value without the places of its strings."""
    if isinstance(value, Text):
        return value.value
    if isinstance(value, list):
        return [plain(member) for member in value]
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    return None
