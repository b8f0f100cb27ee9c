"""Tags of languages, as BCP 47 writes them."""

from __future__ import annotations

from audit.expressions import expression

WRITTEN = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*"
"""How a tag may be written, as a regular expression: with the underscore of POSIX, too."""

_TAG = expression(WRITTEN)


def language_tag(written: str) -> str:
    """Return the tag that `written` is, `en-US` for "en_US"; raise `ValueError` if it is none."""
    tag = written.strip()
    if not _TAG.fullmatch(tag):
        raise ValueError(f"“{written}” is no language tag, such as en or pt-BR{_meant(tag)}")
    return tag.replace("_", "-")


def _meant(name: str) -> str:
    """Return what to say of the language with this English name."""
    from babel import Locale  # only for a message about a mistake

    tags = [tag for tag, known in Locale("en").languages.items() if known.lower() == name.lower()]
    return f"; did you mean “{tags[0].replace('_', '-')}”?" if tags else ""
