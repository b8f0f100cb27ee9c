"""Read and check files in one process, several documents at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from audit import plugins
from audit.accepting import directives
from audit.configuration.config import Config
from audit.engine import Engine, Outcome
from audit.folder import files
from audit.folder.ownreports import is_report
from audit.language import detectors, languages
from audit.model import Document, Failure, File, Rule
from audit.placing import Placer
from audit.report import Summary
from audit.reporting import linehash
from audit.running import articles
from audit.running.results import Result
from audit.text import count_words

_BATCH = 128  # documents checked rule by rule
_LARGEST_BATCH = 200_000  # characters

_Found: TypeAlias = "tuple[Result, Placer | None, Document | Failure]"  # what a file holds, and where it goes


class Worker:
    """Checks files with one engine, several documents at a time."""

    def __init__(self, rules: Sequence[Rule], config: Config) -> None:
        self._config = config
        self._engine = Engine(rules, config.min_confidence)
        self._detector = detectors.named(config.detector)
        self._asks_digest = config.shows_articles or config.keeps
        self._texts: dict[str, str] = {}  # of the files at hand, if the hashes of their lines are wanted

    def check(self, inputs: Sequence[files.Input]) -> list[Result]:
        """Read and check files; return what came of each. Whatever goes wrong becomes a failure."""
        results = [Result() for _ in inputs]
        self._check(found for input, result in zip(inputs, results, strict=True) for found in self._read(input, result))
        if self._config.hashes_lines:
            self._hash_lines(results)
        return results

    def _hash_lines(self, results: Sequence[Result]) -> None:
        for result in results:
            if result.findings:
                document, lines = result.documents[0], {finding.start.line for finding in result.findings}
                document.line_hashes = linehash.written(linehash.line_hashes(self._texts[document.path], lines))
        self._texts.clear()

    def check_data(self, input: files.StandardInput) -> Result:
        """Check what came in on standard input as a file; whatever goes wrong becomes a failure."""
        return self.check([files.Input(files.STANDARD_INPUT, input.shown, input.named, input.data)])[0]

    def _read(self, input: files.Input, result: Result) -> Iterator[_Found]:
        """Yield the documents of a file, ready to be checked, and what is wrong with it."""
        shown = input.shown
        try:
            text = files.read(input.path) if input.data is None else files.decode(input.data)
        except files.ReadError as error:
            yield result, None, Failure(shown, str(error), line=error.line)
            return
        if is_report(text):
            if input.named:
                yield result, None, Failure(shown, "is a report of audit, not an article")
            return
        file = File(shown, text, input.named, self._config.fields)
        if self._config.hashes_lines:
            self._texts[shown] = text
        placer = Placer(file)
        reader = plugins.load("readers", plugins.reader_of(shown))
        seen = articles.digest(text) if self._asks_digest else None
        try:
            for document in reader.read(file):
                document.path = shown
                if isinstance(document, Document):
                    self._name_languages(document)
                    document.digest = seen
                yield result, placer, document
        except Exception as error:  # one bad file must not stop the other hundred
            result.lasts = False
            yield result, None, _not_checked(shown, error)

    def _name_languages(self, document: Document) -> None:
        config = self._config
        named = config.forced_language or document.target_language or config.target_language
        document.target_language = named or languages.guess(document.text, self._detector)
        document.source_language = config.source_language or document.source_language

    def _check(self, found: Iterable[_Found]) -> None:
        batch: list[_Found] = []
        size = 0
        for one in found:
            batch.append(one)
            size += len(one[2].text) if isinstance(one[2], Document) else 0
            if len(batch) >= _BATCH or size >= _LARGEST_BATCH:
                self._check_batch(batch)
                batch, size = [], 0
        self._check_batch(batch)

    def _check_batch(self, batch: Sequence[_Found]) -> None:
        outcomes = iter(self._outcomes([document for _, _, document in batch if isinstance(document, Document)]))
        for result, placer, document in batch:
            if isinstance(document, Failure):
                result.failures.append(document)
                continue
            outcome = next(outcomes)
            if isinstance(outcome, Failure):
                result.lasts = False
                result.failures.append(outcome)
            elif placer is not None:
                result.lasts &= not outcome.failures  # the next time a rule may have more time, or memory
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
