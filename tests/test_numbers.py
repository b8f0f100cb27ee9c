"""The scan of numbers, the conventions of languages, and what the numbers pack makes of both."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.checks.number_format import Check
from audit.model import Block, Document, Hit, Kind
from audit.numbers.locales import convention, month_names, scale_names, unit_names
from audit.numbers.scan import MOST_NUMBERS, marked_numbers, neighbours, parse
from audit.offsets import Offsets
from audit.rulebook.tables import read_table

RULES = Path(__file__).parent.parent / "rules" / "numbers"
TABLES = {name: read_table(RULES / f"{name}.tsv") for name in ("units", "words", "counted")}
CHECKS = [Check(**TABLES, wrong=wrong) for wrong in ("thousands", "decimal", "space")]


def document(text: str, target: str | None = "en", source: str | None = None) -> Document:
    blocks = [Block(0, len(text), Kind.PARAGRAPH)]
    return Document("a.txt", text, blocks, Offsets.identity(len(text)), None, target, source)


def hits(text: str, target: str | None = "en", source: str | None = None) -> list[Hit]:
    read = document(text, target, source)
    return sorted((hit for check in CHECKS for hit in check.find(read, ())), key=lambda hit: hit.start)


def confidences(text: str, target: str = "en", source: str | None = None) -> list[str]:
    return [str(hit.confidence) for hit in hits(text, target, source)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 250.000 to 1.234,56 now", ["250.000", "1.234,56"]),
        ("some 250 000 people and 1 000 more", ["250 000", "1 000"]),
        ("about 10 .000 or 10. 000 of them", ["10 .000", "10. 000"]),
        ("in 2010, 300 people", []),
        ("the end of 2.500.", ["2.500"]),
        ("lists 1,2, 3", ["1,2"]),
        ("a serial " + "1." * 40 + "1", []),
    ],
)
def test_scan_finds_whole_numbers(text: str, found: list[str]) -> None:
    assert [text[number.start : number.end] for number in document(text).once(marked_numbers)][: len(found)] == found


def test_number_knows_its_digits_and_marks() -> None:
    assert parse("1.234,56", 7) == (7, 15, ("1", "234", "56"), (".", ","))


def test_neighbours_are_read_on_the_line() -> None:
    text = "ends here\nrose from $3,5 to 4,5 million euros\nnext"

    beside = neighbours(text, document(text).once(marked_numbers)[0])

    assert (beside.sign, beside.before, beside.after) == ("$", ("from", "rose"), ("million", "euros"))
    assert beside.range is not None
    assert beside.range.groups == ("4", "5")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567.5 1,234"),
        ("en-IN", "12,34,567.5 1,234"),
        ("de", "1.234.567,5 1.234"),
        ("de-CH", "1’234’567.5 1’234"),
        ("fr", "1\u202f234\u202f567,5 1\u202f234"),
        ("es", "1.234.567,5 1234"),
        ("es-419", "1,234,567.5 1,234"),
        ("pl", "1\u00a0234\u00a0567,5 1234"),
        ("pt-BR", "1.234.567,5 1.234"),
        ("pt-PT", "1\u00a0234\u00a0567,5 1234"),
        ("sr-Latn-RS", "1.234.567,5 1.234"),
        ("sh", "1.234.567,5 1.234"),
        ("de-US", "1.234.567,5 1.234"),
    ],
)
def test_numbers_are_written_as_cldr_has_them(language: str, written: str) -> None:
    habit = convention(language)

    assert habit is not None
    assert f"{habit.write('1234567', '5')} {habit.write('1234')}" == written


@pytest.mark.parametrize("language", ["xx", "", "???", None])
def test_unknown_language_is_silent(language: str | None) -> None:
    assert hits("Some 250.000 soldiers and 3,5 percent.", language) == []


def test_cldr_gives_units_scale_words_and_months() -> None:
    assert ("sekundi", "duration-second") in set(unit_names("sr-Latn"))
    assert "милијарди" in set(scale_names("sr"))
    assert "červenec" in set(month_names("cs"))


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("It holds 250.000 now.", "medium"),
        ("It holds 6.000 now.", "low"),
        ("It holds 250.000 soldiers.", "high"),
        ("It holds 7.104 licences.", "medium"),
        ("It holds 144.613 now.", "low"),
        ("It weighs 1.500 kg.", "low"),
        ("It costs EUR 50.000 now.", "high"),
        ("It grew 3,5 percent.", "high"),
        ("It is 3,5 meters long.", "medium"),
        ("It is 250 000 people.", "low"),
    ],
)
def test_confidence_follows_the_evidence(text: str, confidence: str) -> None:
    assert confidences(text) == [confidence]


def test_other_numbers_of_the_article_are_evidence() -> None:
    assert confidences("It holds 250.000 now, with 45.100 soldiers.") == ["high", "high"]
    assert confidences("It holds 250.000 now, after 0.125 and 2.256.") == ["low"]


def test_source_language_is_evidence() -> None:
    assert confidences("It holds 250.000 now.", source="sr") == ["high"]
    assert confidences("It weighs 1.500 kg.", source="de") == ["medium"]
    assert confidences("It holds 250.000 now.", source="zh") == ["low"]


def test_region_of_a_bare_language_is_respected() -> None:
    assert confidences("Vinieron 250,000 personas, el 3.5 por ciento.", "es") == ["low", "low"]
    assert confidences("Vinieron 250,000 personas, el 3,5 por ciento.", "es") == ["medium"]
    assert confidences("Rund 3,5 Prozent stimmten zu.", "de-CH") == ["low"]


def test_block_in_another_language_keeps_its_marks() -> None:
    text = "Rund 250.000 Soldaten."
    read = Document("a.txt", text, [Block(0, len(text), Kind.QUOTE, "de")], Offsets.identity(len(text)), None, "en")

    assert [hit for check in CHECKS for hit in check.find(read, ())] == []


@given(
    st.text(alphabet="0123456789.,'’ \u00a0%$-€abs()\n", max_size=120),
    st.sampled_from(["en", "de", "ru", "es", "de-CH"]),
)
@example("250.000 250,000", "en")
def test_hits_hold_numbers_and_their_fixes_are_silent(text: str, language: str) -> None:
    for hit in hits(text, language):
        (edit,) = hit.edits
        assert text[hit.start].isdigit()
        assert text[hit.end - 1].isdigit()
        assert (edit.start, edit.end) == (hit.start, hit.end)
        habit = convention(language)
        assert habit is not None
        fixed = parse(edit.text)
        assert not fixed.marks or habit.reads(fixed.groups, fixed.marks)


@pytest.mark.parametrize("text", ["1." * 200_000, "7" * 500_000, "1 000 " * 20_000, "1,2;" * 50_000, "9.999'" * 50_000])
def test_hostile_input_is_bounded(text: str) -> None:
    assert len(hits(text)) <= MOST_NUMBERS


def test_scores_are_no_decimals() -> None:
    assert set(confidences("They won 6,4 and 7,5.")) <= {"low"}


def test_article_without_marked_numbers_loads_no_babel() -> None:
    code = (
        "import sys; from audit.numbers.scan import marked_numbers; from tests.test_numbers import hits, document\n"
        "assert hits('In 2024 he paid 30 dollars.') == []\nprint('babel' in sys.modules)"
    )
    root = Path(__file__).parent.parent

    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Um 3.5 Prozent; nach Artikel 14.2, Abs. 4.3, § 5.1 und Abschnitt 7.2 gilt eine Frist."),
        ("fr", "De 3.5 % ; l'article 14.2 prévoit, comme les paragraphes 4.3 et 5.1, un délai."),
        ("es", "Un 3.5 %; el artículo 14.2 prevé, como el apartado 4.3 y la cláusula 7.2, una comisión."),
        ("it", "Del 3.5 %; l'articolo 14.2 prevede, come l'art. 4.3 e la sezione 7.2, un termine."),
        ("pt", "De 3.5 %; o artigo 14.2 prevê, como a cláusula 4.3 e a secção 7.2, um prazo."),
        ("pl", "O 3.5 proc.; artykuł 14.2, ustęp 4.3 i paragraf 7.2 przewidują termin."),
        ("ru", "На 3.5 процента; статья 14.2, параграф 4.3 и раздел 7.2 говорят о сроке."),
        ("uk", "На 3.5 відсотка; стаття 14.2, параграф 4.3 і розділ 7.2 кажуть про строк."),
        ("hr", "Za 3.5 posto; članak 14.2, stavak 4.3 i odjeljak 7.2 govore o roku."),
        ("bs", "Za 3.5 posto; član 14.2, stav 4.3 i odjeljak 7.2 govore o roku."),
        ("sr-Latn", "Za 3.5 odsto; član 14.2, stav 4.3 i odeljak 7.2 govore o roku."),
    ],
)
def test_articles_and_sections_are_labels(language: str, text: str) -> None:
    assert [text[hit.start : hit.end] for hit in hits(text, language)] == ["3.5"]
