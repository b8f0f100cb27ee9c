"""Regular expressions that were compiled when the package was built: the same, or compiled anew."""

from functools import cache
from pathlib import Path

import pytest
import regex

from audit import building, expressions

WORDS = {"Kyiv", "Lviv"}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep two expressions as a build does, and forget that this process knows them."""
    monkeypatch.setattr(expressions, "READY", tmp_path / "expressions.pickle")
    monkeypatch.setattr(expressions, "_ready", cache(expressions._ready.__wrapped__))
    monkeypatch.setattr(expressions, "_known", {})
    expressions.expression(r"\p{Lu}+", regex.IGNORECASE)
    expressions.expression(r"\b\L<cities>\b", cities=WORDS)
    expressions.keep(expressions.READY)
    expressions._known.clear()
    expressions._ready.cache_clear()
    return expressions.READY


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile(*_: object, **__: object) -> None:
        raise AssertionError("compiled anew")

    monkeypatch.setattr(regex, "compile", compile)


def test_a_kept_expression_is_not_compiled_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid(monkeypatch)

    assert expressions.expression(r"\p{Lu}+", regex.IGNORECASE).fullmatch("Odesa")
    assert expressions.expression(r"\b\L<cities>\b", cities=WORDS).findall("from Lviv to Odesa") == ["Lviv"]


def test_other_flags_and_lists_make_another_expression(kept: Path) -> None:
    assert expressions.expression(r"\p{Lu}+").fullmatch("Odesa") is None
    assert expressions.expression(r"\b\L<cities>\b", cities={"Odesa"}).findall("from Lviv to Odesa") == ["Odesa"]


def test_what_another_version_of_regex_kept_is_not_used(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_MAKER", "regex 2021")
    forbid(monkeypatch)

    with pytest.raises(AssertionError, match="compiled anew"):
        expressions.expression(r"\p{Lu}+", regex.IGNORECASE)


def test_what_was_cut_short_is_not_used(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-9])

    assert expressions.expression(r"\p{Lu}+", regex.IGNORECASE).fullmatch("Odesa")
    assert expressions._ready() == {}


def test_a_build_keeps_what_a_run_asks_for(tmp_path: Path) -> None:
    compiled, ready = building.build(tmp_path)

    assert compiled.stat().st_size > 1_000_000
    assert ready.stat().st_size > 100_000
