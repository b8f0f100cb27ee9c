"""Language detectors can be chosen: they answer alike, and one that is not installed is told before a run."""

from pathlib import Path

import pytest

import audit
import detectors as compared
import quality
from audit.configuration.schemes import with_detector
from audit.language import languages
from audit.language.detectors import DEFAULT, KNOWN, NAMES, Langdetect, likeliest, named
from audit.model import AuditError
from audit.rulebook.packfile import build_check
from audit.rulebook.packs import builtin
from test_languages import TEXTS


class Known:
    """Tells nothing but what is in its book."""

    def __init__(self, book: dict[str, str]) -> None:
        self._book = book

    def detect(self, text: str, candidates: object) -> str | None:
        return self._book.get(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", sorted(set(TEXTS) - {"hr"}))
def test_detectors_tell_a_sentence(name: str, language: str) -> None:
    assert named(name).detect(TEXTS[language], KNOWN) == language


@pytest.mark.parametrize("name", NAMES)
def test_detectors_answer_only_with_a_candidate(name: str) -> None:
    assert named(name).detect(TEXTS["de"], ("pl", "ru")) in {"pl", "ru", None}


def test_no_letters_are_no_language() -> None:
    assert Langdetect().detect("12 + 30 = 42", ("en", "de")) is None


def test_known_languages_are_those_with_function_words() -> None:
    assert set(KNOWN) == set(languages._FUNCTION_WORDS)


@pytest.mark.parametrize(
    ("ranked", "text", "candidates", "tag"),
    [
        (["hr", "en"], "je bio", ("en", "sr-Latn"), "sr-Latn"),
        (["sr", "en"], "је био", ("sr-Latn", "sr-Cyrl"), "sr-Cyrl"),
        (["pl", "en"], "a", ("de", "en"), "en"),
        (["pl"], "a", ("de",), None),
    ],
)
def test_the_likeliest_candidate_is_taken(
    ranked: list[str], text: str, candidates: tuple[str, ...], tag: str | None
) -> None:
    assert likeliest(ranked, text, candidates) == tag


def test_a_missing_detector_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (tmp_path / "a.txt").write_text("Nothing is read.\n", encoding="utf-8")
    (tmp_path / "audit.toml").write_text('detector = "py3langid"\n', encoding="utf-8")

    with pytest.raises(AuditError, match="“py3langid” is not installed; `pip install py3langid` does that"):
        audit.run([tmp_path])


def test_an_unknown_detector_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="no detector called “lingva”; known are langdetect, py3langid"):
        audit.run([tmp_path], detector="lingva")
    (tmp_path / "audit.toml").write_text('detector = "lingva"\n', encoding="utf-8")
    with pytest.raises(AuditError, match=r"audit.toml:1: “detector” wants one of langdetect, py3langid"):
        audit.run([tmp_path])


def test_the_chosen_detector_is_asked_for_articles_and_passages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(f"{TEXTS['es']} {TEXTS['pt']}\n", encoding="utf-8")
    monkeypatch.setattr("audit.language.detectors.Py3langid.detect", lambda self, text, candidates: "pt")

    report = audit.run([article], detector="py3langid", jobs=1)

    assert report.documents[0].target_language == "pt"
    rule = builtin("untranslated").rules[0]
    assert rule.check == "untranslated-passage"
    asked = [build_check(one).detector for one in (rule, *with_detector((rule,), "py3langid"))]
    assert asked == [DEFAULT, "py3langid"]


def test_passages_leave_out_what_may_be_in_another_language() -> None:
    text = (
        "Eins zwei drei vier 5 fünf sechs sieben.\n⟦untranslated/passage|one two three four⟧\n<p>acht neun zehn</p>\n"
    )

    found = compared.passages([quality.parse("de/a.txt", text), quality.parse("hr/b.txt", "jedan dva tri")], 3)

    assert found == {"de": ["Eins zwei drei", "vier fünf sechs"], "sr-Latn": ["jedan dva tri"]}


def test_accuracy_is_the_mean_over_languages() -> None:
    score = compared.score(Known({"a": "de", "b": "de", "x": "en"}), {"de": ["a", "b", "c", "d"], "en": ["x"]})

    assert score.right == 0.75
    assert score.seconds >= 0


def test_the_comparison_names_every_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def detect(self, text: str, candidates: object) -> str:
            raise ImportError

    monkeypatch.setattr(compared, "DETECTORS", {"one": lambda: Known({}), "other": Missing})

    _, first, second = compared.compare()

    assert first.split()[0] == "one"
    assert second.strip() == "other        is not installed"
