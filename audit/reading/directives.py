"""What the fields of an article tell the tool: `audit-ignore`, rules with the reason why they do not hold for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.model import Directive
from audit.reading.jsonvalues import Text, Value

FIELD = "audit-ignore"


def of_record(record: Mapping[str, Value]) -> list[Directive]:
    """Return what the field `audit-ignore` of a record or front matter says, as comments would say it.

    It is a mapping of rules to reasons; a text, or each in a list, is read as the words of a comment.
    """
    value = record.get(FIELD)
    return [Directive(0, f"audit: ignore-file {words}", place) for words, place in _orders(value)] if value else []


def _orders(value: Value) -> Iterator[tuple[str, int]]:
    if isinstance(value, Text):
        yield value.value, value.start
    elif isinstance(value, dict):
        for rule, reason in value.items():
            if isinstance(reason, Text):
                yield f"{rule} {reason.value}", reason.start
    elif isinstance(value, list):
        for member in value:
            if isinstance(member, Text):
                yield member.value, member.start
