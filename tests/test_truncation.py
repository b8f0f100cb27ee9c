"""Articles that break off: the marks of feeds, and endings that prose may have."""

import pytest

from audit.checks.cut_off import Check as CutOff
from audit.checks.no_article import Check as NoArticle
from audit.model import Block, Document, Kind, Row, Table
from audit.offsets import Offsets

WORDS = Table("words.tsv", (Row({"language": "en", "words": "the of"}, 2),))
HEADLINE = "Ferry service resumes"
START = "The boats ran again on Sunday. The ferries that left after the long storm carried far more people than "


def document(*texts: str, kinds: tuple[Kind, ...] = ()) -> Document:
    text, blocks = "\n\n".join(texts), []
    start = 0
    for number, part in enumerate(texts):
        kind = kinds[number] if kinds else Kind.PARAGRAPH if number else Kind.HEADLINE
        blocks.append(Block(start, start + len(part), kind))
        start += len(part) + 2
    return Document("a.txt", text, blocks, Offsets.identity(len(text)), None, "en")


def found(*texts: str) -> list[str]:
    article = document(*texts)
    return [article.text[hit.start : hit.end] for hit in CutOff(WORDS).find(article, ())]


@pytest.mark.parametrize("end", ["[…]", "[...]", "[&hellip;]", "[+1832 chars]", "… [+12 chars]", "passen-", ","])
def test_marks_of_what_is_missing(end: str) -> None:
    text = f"{START}before{end}" if end == "," else f"{START}before {end}"

    assert found(HEADLINE, text) == [end]


@pytest.mark.parametrize("end", ["ever", "ever…", "ever […]”", "1990-", "10,", "the."])
def test_endings_that_prose_may_have(end: str) -> None:
    assert found(HEADLINE, START + end) == []


def test_paragraph_that_breaks_off_before_another() -> None:
    assert found(HEADLINE, f"{START}the", START + "ever.", "The end.") == ["the"]
    assert found(HEADLINE, f"{START}the", START.lower() + "ever.", "The end.") == []
    assert found(HEADLINE, f"{START}the", "White House", "The end.") == []


ONE = "The priest, who had spent the night in the harbour, said that he had never seen as many of the people of "


@pytest.mark.parametrize(
    "texts",
    [
        (ONE + "the",),  # alone under its headline: it may be a verse or the start of a list
        ("The harbour", ONE + "the", "The boats", ONE + "the", "The ferries"),
        (START + "ever.", ONE + "the", "island of Vis"),
        (START + "ever.", ONE + "the", "Island of Vis.", "Share"),
        (START + "ever.", ONE + "Vis"),
        (START + "ever.", "The harbour of the"),
    ],
)
def test_lines_that_may_end_so(texts: tuple[str, ...]) -> None:
    assert found(HEADLINE, *texts) == []


@pytest.mark.parametrize("after", [(), ("14 thousand people are reading now", "Share")])
def test_the_only_sentence_of_a_paragraph_breaks_off(after: tuple[str, ...]) -> None:
    assert found(HEADLINE, START + "ever.", "He left.", ONE + "the", *after) == ["the"]


@pytest.mark.parametrize("kinds", [(Kind.HEADLINE,), (Kind.HEADLINE, Kind.CAPTION), (Kind.HEADLINE, Kind.BYLINE)])
def test_headline_without_an_article(kinds: tuple[Kind, ...]) -> None:
    article = document(*[HEADLINE] * len(kinds), kinds=kinds)

    assert [hit.start for hit in NoArticle().find(article, ())] == [0]


@pytest.mark.parametrize("kinds", [(Kind.PARAGRAPH,), (Kind.HEADLINE, Kind.ITEM), (Kind.HEADLINE, Kind.CELL)])
def test_short_articles_are_articles(kinds: tuple[Kind, ...]) -> None:
    assert not list(NoArticle().find(document(*[HEADLINE] * len(kinds), kinds=kinds), ()))
