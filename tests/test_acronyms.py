"""Acronyms of other languages: the table is sound, and what a word stands beside decides."""

from pathlib import Path

import pytest

from audit.checks.acronyms import Check
from audit.engine import Engine
from audit.model import Block, Confidence, Document, Kind
from audit.offsets import Offsets
from audit.rulebook import packfile
from audit.rulebook.tables import read_table

RULES = Path(__file__).parent.parent / "rules"
TABLE = read_table(RULES / "names-english/acronyms.tsv")


def found(text: str, source_language: str | None = None) -> dict[str, Confidence]:
    block = Block(0, len(text), Kind.PARAGRAPH)
    document = Document("a.txt", text, [block], Offsets.identity(len(text)), None, "en", source_language)
    rules = [rule for rule in packfile.read(RULES / "names-english.yaml").rules if rule.check == "acronyms"]
    outcome = Engine(rules, Confidence.LOW).find(document)
    assert not outcome.failures
    return {text[hit.start : hit.end]: hit.confidence for _, hit in outcome.hits}


def test_every_acronym_stands_in_the_table_once() -> None:
    acronyms = [acronym for row in TABLE.rows for acronym in row.cells["acronym"].split()]

    assert len(acronyms) == len(set(acronyms))


def test_ambiguous_acronyms_need_evidence() -> None:
    short = {row.cells["acronym"] for row in TABLE.rows if len(row.cells["acronym"]) <= 3 and not row.cells["evidence"]}

    assert short == {"ONU", "ONZ"}


@pytest.mark.parametrize(
    ("text", "source", "confidence"),
    [
        ("The growth of the BIP was a surprise to the bank.", None, Confidence.MEDIUM),
        ("The BIP was a surprise to the bank.", None, Confidence.LOW),
        ("The BIP was a surprise to the bank.", "de", Confidence.HIGH),
        ("The growth of the BIP was a surprise to bitcoin fans.", "de", None),
        ("The generals of the OTAN met.", None, Confidence.HIGH),
        ("GENERALS OF THE OTAN MET IN RIGA", None, None),
        ("The OTAN-2 exercise, #OTAN and the @OTAN of the page www.otan.example", None, None),
        ("Der General der OTAN sprach lange, ohne dass jemand ihn verstand, und ging dann. " * 4, None, None),
    ],
)
def test_evidence(text: str, source: str | None, confidence: Confidence | None) -> None:
    assert list(found(text, source).values()) == ([] if confidence is None else [confidence])


def test_literals_of_short_acronyms_are_rare() -> None:
    literals = Check(TABLE).literals

    assert " ue" in literals
    assert all(len(literal) > 4 or literal[0] in ' ("' for literal in literals)
