"""Repeated headlines, ledes, captions, credits, paragraphs and sentences: what is found, and what may come again."""

from __future__ import annotations

from itertools import chain

import pytest

from audit import packs
from audit.checks.repeated_block import copies
from audit.engine import Engine
from audit.likeness import Likeness, compare, near_pairs
from audit.model import Block, Confidence, Document, Hit, Kind, Offsets

RULES = tuple(rule for rule in packs.load() if rule.pack == "duplicates")


def document(lines: str) -> Document:
    """Return the article whose blocks are `lines`, each a paragraph unless it begins like "caption> "; ⏎ breaks a line.

    The first line is the headline if it does not end in a full stop.
    """
    text, blocks = "", []
    for number, line in enumerate(lines.strip().split("\n")):
        kind, mark, words = line.strip().partition("> ")
        if not mark:
            words, kind = (
                line.strip(),
                "headline" if number == 0 and not line.rstrip().endswith((".", "。")) else "paragraph",
            )
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(words), Kind(kind)))
        text += words.replace("⏎", "\n")
    return Document("article.txt", text, blocks, Offsets.identity(len(text)))


def findings(lines: str, at_least: Confidence = Confidence.MEDIUM) -> list[tuple[str, str, str, Hit]]:
    """Return rule, text, first copy and hit of what is found in an article (see `document`)."""
    article = document(lines)
    hits, failures = Engine(RULES, at_least).find(article)
    assert not failures
    return [
        (
            rule.id.partition("/")[2],
            article.text[hit.start : hit.end],
            article.text[hit.related[0].start : hit.related[0].end],
            hit,
        )
        for rule, hit in hits
    ]


def fixed(lines: str) -> str:
    """Return the article after the safe fixes, a line per block."""
    article = document(lines)
    hits, _ = Engine(RULES).find(article)
    text = article.text
    for edit in sorted(chain.from_iterable(hit.edits for _, hit in hits if hit.safe), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text.replace("\n\n", "\n")
