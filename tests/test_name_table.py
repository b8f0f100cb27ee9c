"""Tables of house names: right in themselves, their derived spellings current, their judgement sober."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.engine import Engine
from audit.model import Block, Confidence, Document, Kind, Table
from audit.names.gazetteer import derived_table, entries, house_names, misspelled
from audit.names.romanization import RUSSIAN, russian, spellings
from audit.offsets import Offsets
from audit.rulebook import packfile
from audit.rulebook.tables import read_table

RULES = Path(__file__).parent.parent / "rules"
TABLES = sorted(
    path.relative_to(RULES).as_posix()
    for path in RULES.glob("names-*/*.tsv")
    if path.with_name(f"{path.stem}-derived.tsv").exists()
)
OBLAST_CENTRES = [
    "Kyiv",
    "Kharkiv",
    "Odesa",
    "Lviv",
    "Mykolaiv",
    "Zaporizhzhia",
    "Chernihiv",
    "Chernivtsi",
    "Cherkasy",
    "Khmelnytskyi",
    "Zhytomyr",
    "Vinnytsia",
    "Rivne",
    "Luhansk",
    "Donetsk",
    "Ivano-Frankivsk",
    "Ternopil",
    "Uzhhorod",
    "Kherson",
    "Sumy",
    "Lutsk",
    "Simferopol",
]
IN_ENGLISH = {"Snake Island", "Southern Bug/Buh", "Bankova Street"}
PACKS = ("names-belarus", "names-georgia", "names-kazakhstan", "names-moldova", "names-world")


def confidences(text: str, source_language: str | None = None) -> dict[str, Confidence]:
    document = Document(
        "a.txt", text, [Block(0, len(text), Kind.PARAGRAPH)], Offsets.identity(len(text)), None, "en", source_language
    )
    rules = packfile.read(RULES / "names-ukraine.yaml").rules
    found, failures = Engine(rules, Confidence.LOW).find(document)
    assert not failures
    return {text[hit.start : hit.end]: hit.confidence for _, hit in found}


@pytest.mark.parametrize("name", TABLES)
def test_derived_spellings_are_current(name: str, golden: Callable[[str, str], None]) -> None:
    table = read_table(RULES / name)

    golden(f"rules/{name.removesuffix('.tsv')}-derived.tsv", derived_table(table))


@pytest.mark.parametrize("name", TABLES)
def test_stored_and_derived_spellings_agree(name: str) -> None:
    table = read_table(RULES / name)
    stored = read_table(RULES / f"{name.removesuffix('.tsv')}-derived.tsv")

    assert entries(table, stored) == entries(table, Table("", ()))


@pytest.mark.parametrize("name", TABLES)
def test_no_spelling_to_flag_is_a_house_name(name: str) -> None:
    table = read_table(RULES / name)
    former = {
        key for key, entry in entries(table, Table("", ())).items() if not entry.reason.startswith("a name given up in")
    }

    assert not former & house_names(table)


def test_house_spellings_are_the_national_romanization() -> None:
    table = read_table(RULES / "names-ukraine/places.tsv")

    wrong = {row.cells["house"] for row in table.rows if row.cells["kind"] != "adjective" and misspelled(row)}

    assert wrong == IN_ENGLISH


def test_the_table_holds_the_places_of_the_news() -> None:
    table = read_table(RULES / "names-ukraine/places.tsv")
    places = {
        row.cells["house"].partition("/")[0] for row in table.rows if row.cells["kind"] in ("city", "town", "village")
    }

    assert len(places) >= 720
    assert places.issuperset(OBLAST_CENTRES)


def test_romanizations_are_those_of_the_standards() -> None:
    import iuliia

    names = [
        "Киев",
        "Харьков",
        "Запорожье",
        "Артёмовск",
        "Рубежное",
        "Кривой",
        "Красный",
        "Гуляйполе",
        "Евпатория",
        "Щорс",
        "Хмельницкий",
        "Южный",
    ]

    for schema in (iuliia.BGN_PCGN_ALT, iuliia.ICAO_DOC_9303, iuliia.WIKIPEDIA, iuliia.MOSMETRO):
        for name in names:
            latin = schema.translate(name).lower().replace("’", "'").replace("ё", "yo").replace("ë", "e")
            assert latin in set(russian(name)), (schema.name, name)


def test_a_word_with_every_letter_stays_within_bounds() -> None:
    assert len(spellings("ьёжйхцщыюяксельеый" * 3, RUSSIAN)) <= 64


@pytest.mark.parametrize(
    ("text", "name", "confidence"),
    [
        ("The delegation left Kiev on Monday.", "Kiev", Confidence.MEDIUM),
        ("Kyiv waited. The delegation left Kiev on Monday. Ukraine paid.", "Kiev", Confidence.HIGH),
        ("Kiev and Kharkov were hit.", "Kharkov", Confidence.HIGH),
        ("Odessa was quiet at night.", "Odessa", Confidence.MEDIUM),
        ("Odessa was quiet at night, and so was Midland.", "Odessa", Confidence.LOW),
        ("In 1943 the division fought at Kharkov and Kiev.", "Kiev", Confidence.LOW),
        ("Nikolaev wrote the book.", "Nikolaev", Confidence.LOW),
        ("Ukraine lost ships in Nikolaev. Nikolaev mourns.", "Nikolaev", Confidence.MEDIUM),
        ("Zhanna Nikolaev sang in Ukraine. Mykolaiv cheered. Nikolaev bowed.", "Nikolaev", Confidence.LOW),
        ("On the map of 2008 stands Kiev. Kyiv is in Ukraine.", "Kiev", Confidence.LOW),
        ("Donetskyi district of Ukraine. They left the Limansky district.", "Limansky", Confidence.MEDIUM),
        ("Ukraine shelled Konstantinovka.", "Konstantinovka", Confidence.MEDIUM),
        ("Fire in Konstantinovka.", "Konstantinovka", Confidence.LOW),
        ("The Dnieper froze.", "Dnieper", Confidence.LOW),
        ("Grand Prince of Kiev is a title.", "Kiev", Confidence.LOW),
    ],
)
def test_confidence_follows_the_evidence(text: str, name: str, confidence: Confidence) -> None:
    assert confidences(text)[name] == confidence


def test_a_ukrainian_source_makes_sure() -> None:
    text = "Ukraine's minister returned to Kiev."

    assert confidences(text)["Kiev"] == Confidence.MEDIUM
    assert confidences(text, "uk")["Kiev"] == Confidence.HIGH


def test_former_names_of_people_in_capitals_keep_their_case() -> None:
    rules = packfile.read(RULES / "names-ukraine.yaml").rules
    text = "VLADIMIR ZELENSKY SPOKE IN UKRAINE"
    document = Document("a.txt", text, [Block(0, len(text), Kind.HEADLINE)], Offsets.identity(len(text)), None, "en")

    ((_, hit),) = Engine(rules).find(document)[0]

    assert hit.edits[0].text == "VOLODYMYR ZELENSKY"


def test_an_article_on_the_country_makes_a_common_name_one_of_its_places() -> None:
    text = "Krasnoarmeysk was shelled.\nShelters in Dnipro and Kyiv took dogs in."

    assert confidences(text)["Krasnoarmeysk"] == Confidence.MEDIUM
    assert confidences(f"{text}\nSo did Saratov.")["Krasnoarmeysk"] == Confidence.LOW
    assert confidences(f"{text}\nSo did Kaluga.")["Krasnoarmeysk"] == Confidence.LOW
    assert confidences("Krasnoarmeysk was shelled.")["Krasnoarmeysk"] == Confidence.LOW


def test_checks_pickle() -> None:
    rule = packfile.read(RULES / "names-ukraine.yaml").rules[0]
    check = packfile.build_check(rule)

    assert pickle.loads(pickle.dumps(check)).literals == check.literals


@pytest.mark.parametrize("text", ['"Kiev" ' * 10_000, "Kiev " * 10_000, "Krivoy-Rog (" * 5_000, "Nikolaev, " * 5_000])
def test_much_of_the_same_is_no_trouble(text: str) -> None:
    assert confidences(text) is not None
