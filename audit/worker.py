"""Read and check files in one process, several documents at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from audit import articles, detectors, files, languages, plugins
from audit.accepting import directives
from audit.config import Config
from audit.engine import Engine, Outcome
from audit.model import Document, Failure, File, Rule
from audit.ownreports import is_report
from audit.placing import Placer
from audit.report import Finding, Summary
from audit.text import count_words

_BATCH = 128  # documents checked rule by rule
_LARGEST_BATCH = 200_000  # characters

_Found: TypeAlias = "tuple[Placer | None, Document | Failure]"  # what a file holds


class Result(NamedTuple):
    """What came of one file or of several."""

    documents: list[Summary]
    findings: list[Finding]
    failures: list[Failure]
    uses: list[directives.Use]


class Worker:
    """Checks files with one engine, several documents at a time."""

    def __init__(self, rules: Sequence[Rule], config: Config) -> None:
        self._config = config
        self._engine = Engine(rules, config.min_confidence)
        self._detector = detectors.named(config.detector)

    def check(self, inputs: Iterable[files.Input]) -> Result:
        """Read and check files; whatever goes wrong becomes a failure."""
        return self._check(
            found for input in inputs for found in self._read(input.shown, input.named, partial(files.read, input.path))
        )

    def check_data(self, input: files.StandardInput) -> Result:
        """Check what came in on standard input as a file; whatever goes wrong becomes a failure."""
        return self._check(self._read(input.shown, input.named, partial(files.decode, input.data)))

    def _read(self, shown: str, named: bool, decoded: Callable[[], str]) -> Iterator[_Found]:
        """Yield the documents of a file, ready to be checked, and what is wrong with it."""
        try:
            file = File(shown, decoded(), named, self._config.fields)
        except files.ReadError as error:
            yield None, Failure(shown, str(error), line=error.line)
            return
        if is_report(file.text):
            if named:
                yield None, Failure(shown, "is a report of audit, not an article")
            return
        placer = Placer(file)
        reader = plugins.load("readers", plugins.reader_of(shown))
        seen = articles.digest(file.text) if self._config.shows_articles else None
        try:
            for document in reader.read(file):
                if isinstance(document, Document):
                    self._name_languages(document)
                    document.digest = seen
                yield placer, document
        except Exception as error:  # one bad file must not stop the other hundred
            yield None, _not_checked(shown, error)

    def _name_languages(self, document: Document) -> None:
        config = self._config
        named = config.forced_language or document.target_language or config.target_language
        document.target_language = named or languages.guess(document.text, self._detector)
        document.source_language = config.source_language or document.source_language

    def _check(self, found: Iterable[_Found]) -> Result:
        result = Result([], [], [], [])
        batch: list[_Found] = []
        size = 0
        for placer, document in found:
            batch.append((placer, document))
            size += len(document.text) if isinstance(document, Document) else 0
            if len(batch) >= _BATCH or size >= _LARGEST_BATCH:
                self._check_batch(batch, result)
                batch, size = [], 0
        self._check_batch(batch, result)
        return result

    def _check_batch(self, batch: Sequence[_Found], result: Result) -> None:
        outcomes = iter(self._outcomes([document for _, document in batch if isinstance(document, Document)]))
        for placer, document in batch:
            outcome = document if isinstance(document, Failure) else next(outcomes)
            if isinstance(outcome, Failure):
                result.failures.append(outcome)
            elif placer is not None and isinstance(document, Document):
                findings = placer.place(document, outcome.hits)
                if document.directives:
                    result.uses.extend(directives.apply(document, outcome.hits, findings, placer))
                result.findings.extend(findings)
                result.failures.extend(outcome.failures)
                result.documents.append(_summary(document))

    def _outcomes(self, documents: Sequence[Document]) -> Sequence[Outcome | Failure]:
        try:
            return self._engine.find_in(documents)
        except Exception as error:
            if len(documents) == 1:
                return [_not_checked(documents[0].path, error)]
            return [outcome for document in documents for outcome in self._outcomes([document])]


def _summary(document: Document) -> Summary:
    languages_of = (document.target_language, document.source_language)
    return Summary(document.path, document.record, *languages_of, count_words(document.text), digest=document.digest)


def _not_checked(path: str, error: Exception) -> Failure:
    return Failure(path, f"could not be checked: {type(error).__name__}: {error}")
