"""The check that finds one name in two spellings, and the keys that it goes by."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checks.name_spellings import Check
from audit.model import Block, Confidence, Document, Kind
from audit.names.scan import CONSONANTS, FAR, VELARS, distance, places, skeleton, words
from audit.offsets import Offsets
from audit.rulebook import packfile, packs
from effort import effort

RULE = next(rule for rule in packs.builtin("names-consistency").rules if rule.id == "names/two-spellings")
CHECK = packfile.build_check(RULE)


def document(text: str, language: str = "en") -> Document:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Block(start, start + len(line), Kind.PARAGRAPH))
        start += len(line) + 1
    return Document("a.txt", text, lines, Offsets.identity(len(text)), target_language=language)


def found(text: str, language: str = "en", at_least: Confidence = Confidence.MEDIUM) -> list[str]:
    hits = CHECK.find(document(text, language), ())
    return [text[hit.start : hit.end] for hit in hits if hit.confidence >= at_least]


SAME = [
    ("Zelensky", "Zelenskiy"),
    ("Hryhorenko", "Grigorenko"),
    ("Arestovich", "Arestović"),
    ("Shevchenko", "Schewtschenko"),
    ("Khmelnytsky", "Chmelnytskyj"),
    ("Tchaikovsky", "Chaikovsky"),
    ("Djokovic", "Đoković"),
    ("Zaporizhzhia", "Zaporizhia"),
    ("Khrushchev", "Khrushchov"),
    ("Dostoevsky", "Dostoyevsky"),
    ("Dzhankoi", "Jankoy"),
    ("Müller", "Mueller"),
    ("Gaddafi", "Qaddafi"),
    ("Szijjártó", "Siyarto"),
    ("Djokovic", "Dzokovic"),
    ("Shevchuk", "Shevchyuk"),
    ("Minditsch", "Minditch"),
    ("Dschankoj", "Jankoi"),
]
DIFFERENT = [
    ("Ivanov", "Ivanova"),
    ("Johnson", "Johnston"),
    ("Iran", "Iraq"),
    ("Austria", "Australia"),
    ("Slovakia", "Slovenia"),
    ("Korea", "Korean"),
    ("Kennedy", "Kennedys"),
    ("Marin", "Martin"),
    ("Wuhan", "Hunan"),
    ("Serbia", "Siberia"),
    ("Rosenberg", "Rosenbergs"),
    ("Cameron", "Cameroon"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_romanizations_of_a_name_agree(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert distance(one, other) <= VELARS


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_are_further_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other) or distance(one, other) > CONSONANTS


@pytest.mark.parametrize(("one", "other"), [*DIFFERENT, ("Shanxi", "Shaanxi"), ("Garnier", "Garner")])
def test_different_names_are_silent_however_often_they_stand(one: str, other: str) -> None:
    text = f"They say that {one} met {other}. Then {other} left, and they saw {one} leave with {one} and {other}."

    assert found(text) == []


def test_the_rarer_spelling_is_reported_at_all_its_places_beside_the_usual_one() -> None:
    text = "A word with Zelensky, and Zelensky.\nLater Zelensky saw that Zelenskyy and Zelenskyy agreed."

    hits = list(CHECK.find(document(text), ()))

    assert [text[hit.start : hit.end] for hit in hits] == ["Zelenskyy"] * 2
    assert hits[0].values == {"other": "Zelensky", "count": "2", "others": "3"}
    assert text[hits[0].related[0].start : hits[0].related[0].end] == "Zelensky"


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("They met Olaf Brikman. In May, Olaf Brickman left.", ["Brickman"]),
        ("They met Olaf Brikman. In May, Anna Brickman left.", []),
        ("They met Tamara Kowalchuk, and with her Taras Kovalchuk.", []),
        ("They met Dmitry Kozak. In May, Dmitri Kozak left.", ["Dmitri"]),
        ("They met Dmitry Kozak. In May, Dmitri Medvedev left.", []),
        ("They met Emmanuel Macron. In May, Emmanuel Marcon left.", ["Marcon"]),
        ("They met Chris Smith. In May, Chris Smyth left.", []),
        ("They met Mykola Hnatiuk. In May, Nikolai Hnatiuk left.", ["Nikolai"]),
        ("They met Mykola Hnatiuk. In May, Nikolai Popov left.", []),
        ("They met Levchuk. His wife, Oksana Levchyuk, left.", ["Levchyuk"]),
        ("They met Ivan Levchuk. The singer Oksana Levchyuk left.", []),
        ("They met Hrushevsky. The house of Hrushevskogo fell.", ["Hrushevskogo"]),
        ("They met Hrushevsky. A house on Hrushevskogo Street fell.", []),
        (f"Dominik came, and Dominik left.{' It rained for hours.' * 9} It is good, says Dominic.", ["Dominic"]),
        ("They met Dominik, and Dominik left with his friend, Dominic.", []),
    ],
)
def test_the_names_beside_two_spellings_decide(text: str, spellings: list[str]) -> None:
    assert found(text) == spellings


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The publisher, Paul Guermeur, believed in it; his partner, Paul Guerneur, did not."),
        ("fr", "L’éditeur, Paul Guermeur, y a cru ; son associé, Paul Guerneur, non."),
        ("de", "Der Verleger Paul Guermeur glaubte daran; sein Teilhaber Paul Guerneur nicht."),
        ("es", "El editor Paul Guermeur creyó en él; su socio, Paul Guerneur, no."),
        ("pt", "O editor Paul Guermeur acreditou nele; o seu sócio, Paul Guerneur, não."),
        ("pt", "O climatologista Jorge Schuster, que não é parente do prefeito Jorge Schüster, alertara em maio."),
        ("es", "El climatólogo Jorge Schuster, que no es pariente del alcalde Jorge Schüster, avisó en mayo."),
        ("fr", "Le climatologue Jorge Schuster, sans lien de parenté avec Jorge Schüster, le maire, alertait en mai."),
        ("de", "Der Klimaforscher Jorge Schuster, nicht verwandt mit Landrat Jorge Schüster, warnte im Mai."),
    ],
)
def test_two_whom_the_text_tells_apart_are_two(language: str, text: str) -> None:
    assert found(text, language) == []


def test_who_is_introduced_in_a_sentence_of_his_own_may_be_misspelled() -> None:
    text = "The publisher, Paul Guermeur, believed in it. The others did not. He left. His name was Paul Guerneur."

    assert found(text) == ["Guerneur"]


def test_nouns_of_german_are_not_names() -> None:
    text = "Die Fotografie hing neben der Photographie. Jede Fotografie zeigt Delphine, und ein Delfin sprang."

    assert found(text, "de") == []


def test_spellings_in_an_address_or_a_headline_do_not_count() -> None:
    assert found("The site of Zelensky is not www.Zelenskyy.ua, and @Zelenskyy is not Zelensky either.") == []
    assert not any(place.before for place in places(document("Peter Brown Meets Anna Clarke Again"), "Clarke"))


def test_without_tables_it_works_as_well() -> None:
    text = "A word with Zelensky, and Zelensky again; then Zelenskyy left."

    assert [hit.start for hit in Check().find(document(text), ())] == [text.index("Zelenskyy")]


@given(st.text(alphabet="AaBbCcHhIiJjKkSsYyzŁğÉž '’.\n-€", max_size=200))
def test_any_text_gives_hits_that_lie_on_its_words(text: str) -> None:
    article = document(text)

    for hit in CHECK.find(article, ()):
        assert text[hit.start : hit.end] in article.once(words)


@pytest.mark.parametrize(
    "written",
    [
        lambda count: "Word of Zelensky and Zelenskyy. " * count,
        lambda count: " ".join(f"Zelensk{'y' * (number % 40 + 1)}" for number in range(count)),
        lambda count: " ".join(
            "A" + "".join(chr(97 + number // 26**power % 26) for power in range(4)) for number in range(count)
        ),
    ],
    ids=["one line", "many variants", "many names"],
)
def test_hostile_texts_cost_what_their_size_says(written: Callable[[int], str]) -> None:
    def work(count: int) -> int:
        article = document(written(count))
        return effort(lambda: list(CHECK.find(article, ())))

    work(100)  # reads the tables

    assert work(40_000) < 20 * work(5_000)  # 8 times the size; if it were squared, 64 times


def test_distance_is_far_for_unlike_words() -> None:
    assert distance("Kyiv", "Paris") == FAR
