"""What models leave: their marks, labels and talk, and texts that are about such things."""

from pathlib import Path

import pytest

from audit.engine import Engine
from audit.model import Document, File
from audit.readers import text as reader
from audit.rulebook.packs import builtin
from effort import effort

BODY = "The bridge was closed at noon on Monday.\n\nIt will open again in May, the mayor said."
CASES = Path(__file__).parent / "cases"
ENGINE = Engine(builtin("residue").rules)
TARGETS = {"en", "de", "fr", "es", "it", "pt", "pl", "ru", "uk", "sr-Latn", "sr-Cyrl", "hr", "bs"}


def read(text: str, language: str) -> Document:
    (document,) = reader.read(File("a", text, named=True))
    assert isinstance(document, Document)
    document.target_language = language
    return document


def found(text: str, language: str = "en") -> list[str]:
    document = read(text, language)
    return [document.text[hit.start : hit.end] for _, hit in ENGINE.find(document).hits]


def cases(name: str) -> list[tuple[str, list[str]]]:
    """Return the languages of a file of cases, each headed by a line "@language", with their lines."""
    sections = (CASES / name).read_text(encoding="utf-8").split("\n@")[1:]
    return [(language, lines.split("\n")) for language, _, lines in (part.strip().partition("\n") for part in sections)]


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        (
            "Podpisał to [Wstaw imię autora], a obok [Imię i nazwisko].",
            "pl",
            ["[Wstaw imię autora]", "[Imię i nazwisko]"],
        ),
        ("Об этом сообщил [вставьте имя].", "ru", ["[вставьте имя]"]),
        ("Про це повідомив [Вставте ім'я].", "uk", ["[Вставте ім'я]"]),
        ("Potpis: [Unesite ime], [ime i prezime].", "sr-Latn", ["[Unesite ime]", "[ime i prezime]"]),
        ("Потпис: [Унесите име].", "sr-Cyrl", ["[Унесите име]"]),
        ("Pismo zaczyna się „Drogi [Imię i nazwisko]”; wstaw tam nazwisko [swoje].", "pl", []),
    ],
)
def test_places_for_names_that_nobody_filled(text: str, language: str, places: list[str]) -> None:
    assert found(text, language) == places


@pytest.mark.parametrize(("language", "lines"), cases("model-talk.txt"))
def test_models_are_heard_in_their_languages(language: str, lines: list[str]) -> None:
    targets = {"en", language} & TARGETS
    missed = [(target, line) for line in lines for target in targets if found(f"{BODY}\n\n{line}", target) != [line]]

    assert missed == []


@pytest.mark.parametrize(("language", "lines"), cases("people-talk.txt"))
def test_what_people_say_in_their_languages_stays(language: str, lines: list[str]) -> None:
    assert [line for line in lines if found(f"{BODY}\n\n{line}\n\n{BODY}", language)] == []


@pytest.mark.parametrize(
    "unit",
    [
        "Here is the translation of the text. (Translator's note: shall I go on?) As an AI language model I cannot. ",
        "<br><unk>{{name}}&quot;\\u2019[object Object]**bold** ",
        "br@@ id@@ ge ",
        "I cannot translate this text.\n\n",
        "(as an ai language model ",
    ],
)
def test_a_file_of_nothing_but_leftovers_costs_what_its_size_says(unit: str) -> None:
    def work(size: int) -> int:
        document = read(unit * (size // len(unit)), "en")
        return effort(lambda: ENGINE.find(document))

    work(1_000)  # reads the tables

    assert work(160_000) < 20 * work(20_000)  # 8 times the size; if it were squared, 64 times


@pytest.mark.parametrize(
    "talk",
    [
        "[Translation]",
        "## Translated text",
        "Sure! Here's a polished version of the text:",
        "Here is the German translation of the article:",
        "Let me know if you would like any changes.",
        "Could you please provide more context?",
        "I'm unable to help with that request.",
        "As an AI language model, I have no opinions.",
        "Lass mich wissen, ob ich noch etwas ändern soll.",
        "N'hésitez pas à me demander des précisions.",
        "Lo siento, pero no puedo traducir este texto.",
        "К сожалению, я не могу перевести этот текст.",
    ],
)
def test_talk_is_found_as_a_whole(talk: str) -> None:
    assert found(f"{BODY}\n\n{talk}") == [talk]


@pytest.mark.parametrize(
    "line",
    [
        "“I'm sorry, but I can't help you,” she told him.",
        "Let me know, he said, if the rain stops.",
        "Would you like me to sing? asks the poet.",
        "The translation is by Anna Muster.",
        "Unfortunately I cannot see the sea from here.",
        "Here is the news.",
        "Please give me more time.",
        "I am not able to forgive them.",
    ],
)
def test_people_may_talk(line: str) -> None:
    assert found(f"{BODY}\n\n{line}") == []


@pytest.mark.parametrize("escaped", ["&quot;", "&#39;", "&#x27;", "&amp;quot;", "&nbsp;", "&eacute;"])
def test_entities_are_found_whole(escaped: str) -> None:
    assert found(f"The bridge {escaped} was closed.") == [escaped]


@pytest.mark.parametrize("text", ["R&D; and more", "a && b", "&#0;", "&nothing;", "HTML writes &lt;br&gt; so."])
def test_what_is_no_entity_or_meant_stays(text: str) -> None:
    assert found(f"The note says {text}") == []


@pytest.mark.parametrize(
    ("text", "language", "labels"),
    [
        ("[EN] Bridge closed until May", "en", ["[EN]"]),
        ("[FR] « Le pont est fermé »", "fr", ["[FR]"]),
        ("[eng_Latn] Bridge closed until May", "en", ["[eng_Latn]"]),
        ("[EN] Brücke gesperrt", "de", []),
        ("[IT] Firms look for staff", "en", []),
        ("UK: bridge closed until May", "en", []),
        ("HR: otvoren novi most", "hr", []),
        ("Brücke gesperrt, DE: Straße offen", "de", []),
    ],
)
def test_codes_of_the_language_are_labels_at_the_very_start(text: str, language: str, labels: list[str]) -> None:
    assert found(f"{text}\n\n{BODY}", language) == labels
