"""A cheap look at a text that tells of letters beyond the Latin alphabet."""

from __future__ import annotations

from audit.model import Document

# The bytes in UTF-8 of ASCII and Latin letters, of usual signs and emoji, and all that are not the first of theirs
_LATIN = bytes(range(0xCE)) + b"\xe2\xef\xf0\xf1\xf2\xf3\xf4"


def foreign_leads(document: Document) -> bytes:
    """Return the first bytes in UTF-8 of all characters that are no Latin letters or usual signs.

    Most texts have none: this is one look for all checks of letters. Use as `document.once(foreign_leads)`.
    """
    return document.text.encode("utf-8", "surrogatepass").translate(None, _LATIN)
