"""Compare language detectors behind one interface, on passages of the labelled articles."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import quality
from audit.language.detectors import KNOWN, Detector, Langdetect, Py3langid, likeliest

LENGTHS = {"short": 5, "medium": 12, "long": 40}  # words
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "pl", "ru", "uk", "sr-Latn", "sr-Cyrl")
MOST = 100  # passages of a language and length
_ALIKE = {"hr": "sr-Latn"}  # which no detector tells from it in a few words
_OTHER = {"boilerplate", "encoding", "residue", "untranslated"}  # groups whose marks may be in no language, or another


class Lingua:
    """The detector lingua, in its sure mode, with its models loaded."""

    def detect(self, text: str, candidates: Sequence[str]) -> str | None:
        ranked = _lingua().compute_language_confidence_values(text)
        return likeliest((one.language.iso_code_639_1.name.lower() for one in ranked), text, candidates)


@cache
def _lingua() -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    names = sorted({tag.partition("-")[0].upper() for tag in KNOWN} | {"HR", "BS"})
    codes = [getattr(IsoCode639_1, name) for name in names]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models().build()


DETECTORS: Mapping[str, Callable[[], Detector]] = {"langdetect": Langdetect, "py3langid": Py3langid, "lingua": Lingua}


class Score(NamedTuple):
    """How many of the passages a detector tells right, on average over the languages, and its seconds a call."""

    right: float
    seconds: float


def passages(articles: Sequence[quality.Article], words: int) -> dict[str, list[str]]:
    """Return passages of so many words by language, from the lines of articles that are all in their language."""
    found: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        mine = found[_ALIKE.get(article.language, article.language)]
        for line in _lines(article):
            read = [word for word in line.split() if word.strip("“”„«»–-.,:;!?()").isalpha()]
            mine += [" ".join(read[start : start + words]) for start in range(0, len(read) - words + 1, words)]
    return {language: mine[:MOST] for language, mine in found.items() if mine}


def _lines(article: quality.Article) -> Iterator[str]:
    start = 0
    for line in article.text.splitlines(keepends=True):
        end = start + len(line)
        marks = (mark for mark in article.marks if mark.start < end and start < mark.end)
        if "<" not in line and not any(quality.group(mark.rule) in _OTHER for mark in marks):
            yield line
        start = end


def score(detector: Detector, samples: Mapping[str, Sequence[str]]) -> Score:
    """Return how often the detector tells the language of the samples, which are by language."""
    start = time.perf_counter()
    told = {language: [detector.detect(text, LANGUAGES) for text in mine] for language, mine in samples.items()}
    taken = time.perf_counter() - start
    shares = [answers.count(language) / len(answers) for language, answers in told.items()]
    return Score(sum(shares) / len(shares), taken / sum(map(len, samples.values())))


def compare() -> Iterator[str]:
    """Yield a table: a line per detector with its time to load, and accuracy and time a call by length of passage."""
    articles = quality.read(quality.FOLDER)
    samples = {name: passages(articles, words) for name, words in LENGTHS.items()}
    heads = (f"{name}, {words} words ({sum(map(len, samples[name].values()))})" for name, words in LENGTHS.items())
    yield f"  {'':12} {'load':>7}" + "".join(f"{head:>26}" for head in heads)
    for name, make in DETECTORS.items():
        start = time.perf_counter()
        try:
            detector = make()
            detector.detect("Where was this written?", LANGUAGES)
        except ImportError:
            yield f"  {name:12} is not installed"
            continue
        load = time.perf_counter() - start
        scores = [score(detector, mine) for mine in samples.values() if mine]
        yield f"  {name:12} {load:5.2f} s" + "".join(f"{one.right:14.1%} {1e6 * one.seconds:8.0f} µs" for one in scores)


if __name__ == "__main__":
    print(*compare(), sep="\n")
