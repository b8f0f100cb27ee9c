"""Passages and words in another language: what is found, exactly, and what may stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import packs
from audit.engine import Engine
from audit.model import Block, Document, Kind
from audit.offsets import Offsets

ENGINE = Engine([rule for rule in packs.load() if rule.pack == "untranslated"])


def findings(text: str, language: str = "en", marked: str | None = None) -> list[str]:
    """Return what is found in an article of one paragraph, whose language the page may have marked."""
    blocks = [Block(0, len(text), Kind.PARAGRAPH, marked)]
    hits, failures = ENGINE.find(Document("article.txt", text, blocks, Offsets.identity(len(text)), None, language))
    assert not failures
    return [text[hit.start : hit.end] for _, hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "Médecins Sans Frontières, the Partido Popular and the Allgemeiner Deutscher Fahrrad-Club signed the letter.",
        "“Non, je ne regrette rien,” she sang, and “Ich bin ein Berliner,” he answered.",
        "De facto and de jure, persona non grata, habeas corpus and per aspera ad astra are Latin.",
        "He lives at Calle de la Princesa 12 near the Plaza de los Mártires de la Libertad.",
        "Muhammad Ali, Ban Ki-moon, Bo Derek and Dan Sur met in Los Angeles.",
        "His brother said in Spanish: No sé qué vamos a hacer con todos los que están sin casa desde ayer.",
        "Write to info@una-casa-para-todos.example or follow #TodosSomosUno.",
        "Kyiv (Київ) and the word “громада” are explained, and #Україна was read on banners.",
        "Deutsch | English | русский | 日本語",
        "The letter Ж, a 5 μm filter and α-particles.",
    ],
)
def test_names_titles_and_quotations_may_stand(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il sindaco ha detto che la strada resterà chiusa fino a lunedì.", None),
        ("Wczoraj w mieście nie było prądu przez trzy godziny.", None),
        ("De minister zei dat het niet mogelijk was om de weg te openen.", None),
        (
            "The mayor promised it, ali nije rekao kada će radovi početi, and left.",
            "ali nije rekao kada će radovi početi",
        ),
        ("The crowd of избирателей came early.", "избирателей"),
    ],
)
def test_the_passage_is_found_exactly(text: str, found: str | None) -> None:
    assert findings(text) == [found or text]


def test_what_the_page_marks_as_another_language_may_stand() -> None:
    text = "Wczoraj w mieście nie było prądu przez trzy godziny."

    assert findings(text, marked="pl") == []


@given(
    st.lists(
        st.sampled_from(["que", "nije", "the", "and", "日本", "слово", "“", "”", ".", "\n", "É", "12", "ń"]),
        max_size=40,
    ),
    st.sampled_from(["en", "de", "ru"]),
)
def test_any_mixture_is_read(words: list[str], language: str) -> None:
    findings(" ".join(words), language)
