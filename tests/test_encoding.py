"""Damaged, exchanged and invisible characters: what counts and what is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checks import invisible, look_alikes, mojibake
from audit.engine import Engine
from audit.model import Document, File, Hit
from audit.readers import text as reader
from audit.rulebook.packs import builtin


def document(text: str) -> Document:
    (read,) = reader.read(File("a", text, named=True))
    assert isinstance(read, Document)
    read.target_language = "en"
    return read


def mended(text: str) -> str:
    hits = [hit for _, hit in Engine(builtin("encoding").rules).find(document(text)).hits]
    for edit in sorted((edit for hit in hits for edit in hit.edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    "right",
    ["The mayor’s “café” – for 5 € – is naïve.", "Łódź i Kraków leżą w Polsce.", "Он сказал: привет, друзья мои."],
)
def test_utf8_read_as_windows_1252_is_mended(right: str) -> None:
    wrong = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in right.encode())

    assert mended(f"It read: {wrong}") == f"It read: {right}"


@pytest.mark.parametrize(
    "text", ["São Paulo", "Ñuñoa", "pâté", "«Ä»", "Ångström Å.", "ÂÃ", "Ðorđe", "MAÑANA…", "À bientôt !"]
)
def test_rare_letters_are_no_mojibake(text: str) -> None:
    assert mended(f"They wrote {text} on it.") == f"They wrote {text} on it."


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("wоrd", "word"),
        ("СОVID", "COVID"),
        ("130х185", "130x185"),
        ("Κiosk", "Kiosk"),
        ("Baкić", "Bakić"),
        ("Sмiтh", "Smith"),
    ],
)
def test_look_alikes_are_exchanged(word: str, right: str) -> None:
    assert mended(f"The old {word} was seen here on Monday.") == f"The old {right} was seen here on Monday."


@pytest.mark.parametrize("word", ["COVIDом", "Т-34", "VIPов", "Windows", "НАТО", "iPhoneа", "витамин C"])
def test_words_of_two_alphabets_that_are_meant_stay(word: str) -> None:
    text = f"Это слово {word} стоит в тексте статьи."

    assert mended(text) == text


@pytest.mark.parametrize("word", ["COVIDом", "5 кm", "Marинa", "кm/h", "Iвanov"])
def test_letters_that_may_stand_for_several_stay_in_latin_text(word: str) -> None:
    text = f"The old {word} was seen here on Monday."

    assert mended(text) == text


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    read = document(text or "x")
    for check in (look_alikes.Check(), mojibake.Check(), invisible.Check()):
        assert all(isinstance(hit, Hit) for hit in check.find(read, ()))


@given(st.text(st.characters(codec="ascii", categories=["L", "P", "Z"]), max_size=80))
def test_plain_english_is_silent(text: str) -> None:
    assert mended(text or "x") == (text or "x")
