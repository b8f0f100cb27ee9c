"""The detectors that tell the language of a passage where function words leave a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from audit.expressions import expression
from audit.model import AuditError

KNOWN = ("en", "de", "fr", "es", "it", "pt", "pl", "cs", "sr-Latn", "nl", "ru", "uk", "bg", "be", "sr-Cyrl", "tr")
DEFAULT = "langdetect"
_CYRILLIC = expression(r"\p{Cyrillic}")


class Detector(Protocol):
    """What a language detector has to offer, so that another one can be plugged in."""

    def detect(self, text: str, candidates: Sequence[str]) -> str | None:
        """Return the BCP 47 tag, one of `candidates` (which are of KNOWN), that `text` is likeliest in, or None."""


class Langdetect:
    """The detector that comes with audit: langdetect with a fixed seed and few profiles."""

    def detect(self, text: str, candidates: Sequence[str]) -> str | None:
        """Return the likeliest of `candidates`; the same answer for the same text, always."""
        from langdetect.lang_detect_exception import LangDetectException

        own_last = sorted(candidates, key=lambda tag: tag not in _PROFILES)  # so that Russian is not called Belarusian
        profiles = {_PROFILES.get(tag, tag): tag for tag in own_last}
        detector = _factory().create()
        detector.set_prior_map(dict.fromkeys(profiles, 1.0))
        detector.append(text)
        try:
            return profiles.get(detector.detect())
        except LangDetectException:  # there are no letters
            return None


_PROFILES = {"sr-Latn": "hr", "sr-Cyrl": "mk", "be": "ru"}  # the nearest ones that langdetect has


@cache
def _factory() -> Any:
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    folder = Path(langdetect.__file__).parent / "profiles"
    DetectorFactory.seed = 0  # a class attribute by design of langdetect: without it every run says something else
    factory = DetectorFactory()
    names = sorted({_PROFILES.get(tag, tag) for tag in KNOWN})
    factory.load_json_profile([(folder / name).read_text(encoding="utf-8") for name in names])
    return factory


class Py3langid:
    """The detector of the extra py3langid: surer on a few words and ten times as fast, but it needs numpy."""

    def detect(self, text: str, candidates: Sequence[str]) -> str | None:
        """Return the likeliest of `candidates`."""
        return likeliest((name for name, _ in _identifier().rank(text)), text, candidates)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted({*(tag.partition("-")[0] for tag in KNOWN), *_SERBIAN}))
    return identifier


_SERBIAN = ("sr", "hr", "bs")  # of which a few words say little


def likeliest(ranked: Iterable[str], text: str, candidates: Sequence[str]) -> str | None:
    """Return the first of the languages in `ranked` (ISO 639-1) that is one of `candidates`; a script tells Serbian."""
    serbian = "sr-Cyrl" if _CYRILLIC.search(text) else "sr-Latn"
    tags = (serbian if name in _SERBIAN else name for name in ranked)
    return next((tag for tag in tags if tag in candidates), None)


_DETECTORS: Mapping[str, Callable[[], Detector]] = {"langdetect": Langdetect, "py3langid": Py3langid}
NAMES = tuple(_DETECTORS)


def named(name: str) -> Detector:
    """Return the detector called `name`, which is also the package that it needs; raise `AuditError` without it."""
    if name not in _DETECTORS:
        raise AuditError(f"there is no detector called “{name}”; known are {', '.join(NAMES)}")
    if name != DEFAULT:
        from importlib.util import find_spec  # costs start-up, and the default one is always there

        if find_spec(name) is None:
            raise AuditError(f"the detector “{name}” is not installed; `pip install {name}` does that")
    return _DETECTORS[name]()
