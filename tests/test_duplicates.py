"""Repeated headlines, ledes, captions, credits, paragraphs and sentences: what is found, and what may come again."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from audit.duplicates.copies import copies
from audit.engine import Engine
from audit.likeness import Likeness, compare, near_pairs, sharing_ends
from audit.model import Block, Confidence, Document, Hit, Kind
from audit.offsets import Offsets
from audit.rulebook import packs

CASES = Path(__file__).parent / "cases"
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


def cases(name: str) -> list[tuple[str, str]]:
    """Return the titles and articles of a file of cases, each headed by a line "@title"."""
    parts = (CASES / name).read_text(encoding="utf-8").split("\n@")
    return [(title.lstrip("@"), lines) for title, _, lines in (part.partition("\n") for part in parts)]


@pytest.mark.parametrize(("title", "lines"), cases("duplicates-silent.txt"))
def test_what_may_come_again_is_left_alone(title: str, lines: str) -> None:
    assert findings(lines) == [], title


@pytest.mark.parametrize(("title", "lines"), cases("duplicates-found.txt"))
def test_a_copy_is_found_once_and_called_what_it_is(title: str, lines: str) -> None:
    assert [rule for rule, *_ in findings(lines)] == [title.partition("|")[0]]


@pytest.mark.parametrize(("title", "lines"), cases("duplicates-found.txt"))
def test_the_later_copy_is_reported_and_points_at_the_first(title: str, lines: str) -> None:
    ((_, _, _, hit),) = findings(lines)

    assert hit.related[0].end <= hit.start
    assert hit.related[0].message == "first printed here"


@pytest.mark.parametrize(("title", "lines"), cases("duplicates-found.txt"))
def test_safe_fixes_leave_their_rules_silent(title: str, lines: str) -> None:
    if all(hit.safe for *_, hit in findings(lines)):
        assert findings(fixed(lines)) == []


PARAGRAPH = "The power company said that it would take until Monday evening to reach all of the houses in the hills."
SENTENCES = f"{PARAGRAPH} The army was asked for help with the trees that block the roads into the valley."
CAPTION = "caption> Waves break over the harbour wall of Northport, Photo: AFP"


def test_three_copies_are_two_findings() -> None:
    found = findings(f"Storm\nThe wind came at night.\n{PARAGRAPH}\n{PARAGRAPH}\nA lull.\n{PARAGRAPH}")

    assert [rule for rule, *_ in found] == ["paragraph", "paragraph"]
    assert len({hit.related for *_, hit in found}) == 1
    assert [rule for rule, *_ in findings(f"Storm\n{CAPTION}\n{CAPTION}\n{CAPTION}")] == ["caption", "caption"]


def test_a_repeated_paragraph_is_not_reported_by_its_sentences() -> None:
    assert [rule for rule, *_ in findings(f"Storm\nIt came at night.\n{SENTENCES}\nA lull.\n{SENTENCES}")] == [
        "paragraph"
    ]


def test_a_run_of_repeated_sentences_is_one_finding() -> None:
    ((rule, found, _, _),) = findings(f"Storm\nThe wind came. {SENTENCES}\nA lull. {SENTENCES} Schools are closed.")

    assert (rule, found) == ("sentence", SENTENCES)


def test_an_article_pasted_twice_is_reported_block_by_block() -> None:
    body = f"The wind came at night.\n{PARAGRAPH}\nThe ferries of the line to Eastham stayed in port.\n{SENTENCES}"
    found = findings(f"Storm\n{body}\n{body}")

    assert PARAGRAPH in [text for _, text, *_ in found]
    assert SENTENCES in [text for _, text, *_ in found]


def test_exact_copies_have_a_safe_fix() -> None:
    twice = f"Storm\nThe wind came at night.\n{PARAGRAPH}\nA lull.\n{PARAGRAPH}"

    assert fixed(twice) == f"Storm\nThe wind came at night.\n{PARAGRAPH}\nA lull."
    assert fixed(f"Storm\n{CAPTION}\n{CAPTION}") == f"Storm\n{CAPTION.removeprefix('caption> ')}"


def test_a_copy_in_other_letters_has_an_unsafe_fix_and_a_near_copy_none() -> None:
    start = f"Storm\nThe wind came at night.\n{PARAGRAPH}\nA lull.\n"
    ((*_, other_case),) = findings(start + PARAGRAPH.upper())
    ((*_, near),) = findings(start + PARAGRAPH.replace("all of the", "all the"))

    assert other_case.edits
    assert not other_case.safe
    assert not near.edits


def test_a_caption_is_safe_to_remove_when_the_first_copy_says_as_much() -> None:
    bare = CAPTION.removesuffix(", Photo: AFP")
    ((*_, less),) = findings(f"Storm\n{CAPTION}\n{bare}")
    ((*_, more),) = findings(f"Storm\n{bare}\n{CAPTION}")

    assert less.safe
    assert not more.edits


def test_confidence_comes_from_length_and_likeness() -> None:
    def confidence(lines: str) -> Confidence:
        ((*_, hit),) = findings(lines, Confidence.LOW)
        return hit.confidence

    start = "Storm\nThe wind came at night.\n"
    near = PARAGRAPH.replace("all of the", "all the")
    short = "The ferries stayed in port on Sunday."

    assert confidence(f"{start}{SENTENCES}\nA lull.\n{SENTENCES}") is Confidence.HIGH
    assert confidence(f"{start}{PARAGRAPH}\nA lull.\n{near}") is Confidence.MEDIUM
    assert confidence(f"{start}{short}\nA lull.\n{short}") is Confidence.LOW


@pytest.mark.parametrize(
    ("first", "later", "likeness"),
    [
        ("The wind  came.", "The wind came.", Likeness.VERBATIM),
        ("The “wind” came.", "the wind came", Likeness.LETTERS),
        ("The wind came over the hills at night", "The winds came over the hills at night", Likeness.EDITED),
        ("Kiev was dark and cold on Sunday", "Kyiv was dark and cold on Sunday", Likeness.EDITED),
        (
            "In 2014 the wind came over the hills at night",
            "In 2024 the wind came over the hills at night",
            Likeness.OTHER,
        ),
        ("Some 1.200 men came over the hills", "Some 1,200 men came over the hills", Likeness.LETTERS),
        ("Ana Blum greets Peter Kern", "Peter Kern greets Ana Blum", Likeness.OTHER),
    ],
)
def test_likeness(first: str, later: str, likeness: Likeness) -> None:
    assert compare(first, later) is likeness


def test_near_pairs_of_many_similar_texts_are_bounded() -> None:
    texts = [f"the same form was sent to house number {number} of the street" for number in range(5_000)]

    assert len(list(near_pairs(texts, sharing_ends(texts), 90, 40))) <= 2_000


def test_many_equal_blocks_take_linear_work() -> None:
    article = document("\n".join(["Storm", *[PARAGRAPH] * 3_000]))

    assert len(copies(article)) == 2_999


def test_scripts_and_broken_characters_do_not_stop_the_check() -> None:
    broken = "\ud800 abc def ghi jkl mno pqr stu vwx yz abc def ghi jkl mno pqr stu vwx."

    assert len(findings(f"Storm\nThe wind came at night.\n{broken}\n{broken}")) == 1
    assert findings("") == []
