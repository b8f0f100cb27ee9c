"""Find character references of HTML that readers see as they are written: &quot; for a quotation mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from html.entities import name2codepoint

from audit.expressions import expression
from audit.model import Confidence, Document, Edit, Hit, Sighting
from audit.text import fold, folded

_ENTITY = expression(r"&(?:amp;)*(?:amp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,8});")
_ABOUT = expression(r"\b(?:x?html5?|xml|css|javascript|php|url-?encod\w+|markup|entit(?:y|ies) references?)\b")
_MENTIONED = expression(r"""["'“”«»‘`(„]""")


@dataclass(frozen=True)
class Check:
    """It has no options: the names are those of HTML 4."""

    @cached_property
    def literals(self) -> frozenset[str]:
        """The references by name, and the sign of those by number."""
        return frozenset({"&#", "&amp;", "&apos;", *(fold(f"&{name};") for name in name2codepoint)})

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the references; where the article is about HTML, or one is mentioned in quotes, with low confidence."""
        text, done = document.text, 0
        about = bool(_ABOUT.search(document.once(folded)))
        for sighting in sightings:
            found = _ENTITY.match(text, sighting.start) if sighting.start >= done else None
            character = _character(found[0]) if found else ""
            if not found or not character:
                continue
            done = found.end()
            quoted = _MENTIONED.match(text[found.start() - 1 : found.start()]) and _MENTIONED.match(text, found.end())
            confidence = Confidence.LOW if about or (quoted and found.start()) else Confidence.HIGH
            edits = (Edit(found.start(), found.end(), character),)
            yield Hit(
                found.start(),
                found.end(),
                confidence,
                {"character": _name(character)},
                edits,
                safe=character not in "<>",
            )


def _character(reference: str) -> str:
    """Return the character that `reference` stands for, however often it was escaped; nothing if there is none."""
    while reference.startswith("&amp;") and reference != "&amp;":
        reference = f"&{reference.removeprefix('&amp;')}"
    character = unescape(reference)
    return (
        character
        if len(character) == 1 and character != "\ufffd" and (character.isprintable() or character.isspace())
        else ""
    )


def _name(character: str) -> str:
    return "a space" if character.isspace() else f"“{character}”"
