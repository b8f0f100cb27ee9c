"""Passages and words in another language: what is found, exactly, and what may stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import Engine
from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.rulebook import packs
from effort import effort

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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The 2020 Roku stick, Mars 2020, Maya 2012 and 14 Mayo fans; on 1 Maya Road 5 Marta cried."),
        ("en", "The band called und is young, the word und is German, and Sturm und Drang is a play."),
        ("en", "He lives in Goda, and the show Mars was on in 1990, as were the dos and the don'ts."),
        ("de", "Er kommt nie zu spät, und am 3. April oder im Mai 2020 kam The Band."),
        ("fr", "Il nie avoir vu le film en mars 2020, et la sono est en panne depuis le 5 mai."),
        ("es", "Vino el 5 de mayo, el 12 agosto 2020 y el 3 de abril."),
        ("pl", "Samo się nie zrobi; przyszedł 3 maja 2020 roku."),
        ("sr-Latn", "To jest most iz 2020. godine, a otvoren je 5. maja i 3. april je dan."),
    ],
)
def test_words_of_the_language_and_names_may_stand(language: str, text: str) -> None:
    assert findings(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It was built in 1950 goda and it is old.", ["goda"]),
        ("en", "They met on 5 marta and on 12 Januar in the town.", ["marta", "Januar"]),
        ("en", "She said that für the town it was late.", ["für"]),
        ("uk", "Міст закрито, сказав мер: 桥梁已经关闭 до травня.", ["桥梁已经关闭"]),
        ("hr", "Most je zatvoren do 5 stycznia zbog radova.", ["stycznia"]),
    ],
)
def test_single_words_are_found(language: str, text: str, found: list[str]) -> None:
    assert findings(text, language) == found


def article(text: str, language: str = "en") -> tuple[Document, list[tuple[int, int, str]]]:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(start, start + len(part), Kind.PARAGRAPH))
        start += len(part) + 2
    document = Document("article.txt", text, blocks, Offsets.identity(len(text)), None, language)
    hits, failures = ENGINE.find(document)
    assert not failures
    return document, [(hit.start, hit.end, hit.values.get("what", "")) for _, hit in hits]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Bürgermeister sagte, dass die Straße bis Montag gesperrt bleibt und die Busse nicht fahren.",
        "Gradonačelnik je rekao da će cesta ostati zatvorena do ponedjeljka i da nije siguran.",
        "Kryetari i bashkisë tha se rruga do të mbetet e mbyllur deri të hënën dhe nuk dihet më shumë.",
        "Кметът каза, че пътят ще остане затворен до понеделник и няма да има автобуси.",
        "市长说道路将关闭至星期一，公共汽车走另一条路。",
        "قال رئيس البلدية إن الطريق سيبقى مغلقا حتى يوم الاثنين ولا توجد حافلات.",
    ],
)
def test_an_article_that_nobody_translated_is_reported_once(sentence: str) -> None:
    document, found = article("\n\n".join([sentence] * 6))

    assert found == [(0, document.blocks[0].end, "The whole article")]


def test_passages_in_an_article_are_reported_each() -> None:
    german = "Der Bürgermeister sagte, dass die Straße bis Montag gesperrt bleibt und die Busse nicht fahren."
    english = "The bridge was closed at noon on Monday, and it will open again in May, as the mayor has said to us."
    _, found = article("\n\n".join([english, german] * 4))

    assert len(found) == 4


@pytest.mark.parametrize(
    "unit",
    [
        "The crowd of избирателей came early. ",
        "Das Wasser ist noch nicht gesunken und die Straße bleibt gesperrt. ",
        "The mayor, ali nije rekao kada će radovi početi, and left. ",
        "He said that und the 12 Januar was für the town. ",
        "“que una " * 3,
    ],
)
@pytest.mark.parametrize("end", ["", "\n\n"])
def test_a_file_of_nothing_but_leftovers_costs_what_its_size_says(unit: str, end: str) -> None:
    def work(size: int) -> int:
        text = (unit + end) * (size // len(unit))
        return effort(lambda: article(text))

    work(1_000)  # reads the tables

    assert work(160_000) < 20 * work(20_000)  # 8 times the size; if it were squared, 64 times
