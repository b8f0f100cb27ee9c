"""Tell audit's own reports from articles: a folder may hold both."""

from __future__ import annotations

import re

_OPENINGS = re.compile(  # of the formats that have the suffix of an article
    r"""
      <!DOCTYPE[ ]html>\s*<html[ ]lang="en">\s*<head>\s*<meta[ ]charset="utf-8">\s*<meta[ ]name="generator"
      [ ]content="audit[ ]
    | \{"type":[ ]"(?:document|finding|failure|notice|summary)",[ ]"(?:path|rule|version)":
    | \#\#[ ]audit:[ ](?:[\d,]+[ ]findings?|nothing[ ]found)[ ]in[ ]
    | \s*findings\s+fixable\s+safely\s+severity\s+rule\n
    | ::(?:error|warning|notice)[ ]title=
    | (?:[^:\n]|:(?!\d)){1,4096}:\d{1,9}:\d{1,9}:[ ](?:error|warning|note)[ ][a-z-]{1,50}/[a-z0-9-]{1,80}:[ ]
    """,
    re.VERBOSE,
)
_STARTS = ("<!DOCTYPE html>", "## audit: ", " ", "::", '{"type": "', "Nothing found in ")
_LEVELS = (": error ", ": warning ", ": note ")
_SUMMARY = re.compile(
    r"Nothing found in [\d,]+ articles?, [\d,]+ words?(?:; [\d,]+ (?:failures?|ignored))*\.\n?(?:Baseline [^\n]*\n)?"
)


def is_report(text: str) -> bool:
    """Tell whether the text of a file begins as one of audit's reports does."""
    if not text.startswith(_STARTS):  # as nearly no article does
        line = text[: text.find("\n")]
        if not any(map(line.__contains__, _LEVELS)):
            return False
    return _OPENINGS.match(text) is not None or _SUMMARY.fullmatch(text) is not None
