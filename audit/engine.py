"""Run the rules' checks over documents, in one pass over all literals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from audit.model import Check, Confidence, Document, Failure, Hit, Rule, Sighting
from audit.rulebook import packs
from audit.text import folded, without_surrogates

_OWN = "audit."  # modules whose checks are known to report sound hits


class _Plan(NamedTuple):
    """The rules that hold for one target language, ready to run."""

    rules: tuple[tuple[Rule, Check], ...]
    always: frozenset[int]
    automaton: AhoCorasick | None
    literals: tuple[tuple[str, tuple[int, ...]], ...]  # with the indices of the rules that ask for each


class Outcome(NamedTuple):
    """What came of one document: the hits in order of position with their rules, and the rules that broke on it."""

    hits: list[tuple[Rule, Hit]]
    failures: list[Failure]


class Engine:
    """The active rules, compiled; the same for every document, so that it can run in any process."""

    def __init__(self, rules: Sequence[Rule], min_confidence: Confidence = Confidence.MEDIUM) -> None:
        self.rules = tuple(rules)
        self.min_confidence = min_confidence
        self._checks: dict[str, Check] = {}
        self._plans: dict[str | None, _Plan] = {}

    def find(self, document: Document) -> Outcome:
        """Return what the rules find in one document."""
        return self.find_in([document])[0]

    def find_in(self, documents: Sequence[Document]) -> list[Outcome]:
        """Return what the rules find in each of `documents`.

        A rule runs over all documents before the next one does: so its code and tables stay in the processor's cache,
        which makes a run over many small articles a quarter faster.
        """
        outcomes = [Outcome([], []) for _ in documents]
        groups: dict[str | None, list[tuple[Document, Outcome]]] = defaultdict(list)
        for document, outcome in zip(documents, outcomes, strict=True):
            groups[document.target_language].append((document, outcome))
        for language, group in groups.items():
            self._run(self._plan(language), group)
        return [Outcome(_settle(outcome.hits), outcome.failures) for outcome in outcomes]

    def _run(self, plan: _Plan, group: Sequence[tuple[Document, Outcome]]) -> None:
        sightings = [self._sightings(plan, document) for document, _ in group]
        asked = plan.always.union(*sightings)
        for index, (rule, check) in enumerate(plan.rules):
            if index not in asked:  # as most, whose literals are rare
                continue
            always, foreign = index in plan.always, not type(check).__module__.startswith(_OWN)
            fixed = rule.confidence
            for (document, outcome), seen in zip(group, sightings, strict=True):
                if not always and index not in seen:
                    continue
                sound = len(outcome.hits)
                try:
                    for hit in check.find(document, seen.get(index, ())):
                        if foreign:
                            _inspect(hit, len(document.text))
                        if fixed is not None and hit.confidence is not Confidence.LOW:
                            hit.confidence = fixed
                        if self._counts(rule, hit, document):
                            outcome.hits.append((rule, hit))
                except Exception as error:  # a broken check must not stop the run: it becomes a failure that names it
                    reason = "took too long" if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"
                    del outcome.hits[sound:]
                    outcome.failures.append(
                        Failure(document.path, f"the rule broke: {reason}", document.record, rule=rule.id)
                    )

    def _counts(self, rule: Rule, hit: Hit, document: Document) -> bool:
        if hit.confidence < self.min_confidence:
            return False
        if not rule.kinds:
            return True
        block = document.block_at(hit.start)
        return block is not None and block.kind in rule.kinds

    def _sightings(self, plan: _Plan, document: Document) -> dict[int, list[Sighting]]:
        sightings: dict[int, list[Sighting]] = defaultdict(list)
        if plan.automaton is None:
            return sightings
        text = document.once(folded)
        try:
            matches = plan.automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # lone surrogates cannot cross into the automaton
            matches = plan.automaton.find_matches_as_indexes(without_surrogates(text), overlapping=True)
        make = tuple.__new__  # costs half of what the class does, and an article has dozens
        for index, start, end in matches:
            literal, owners = plan.literals[index]
            sighting = make(Sighting, (literal, start, end))
            for owner in owners:
                sightings[owner].append(sighting)
        return sightings

    def _plan(self, language: str | None) -> _Plan:
        if language not in self._plans:
            self._plans[language] = self._compile([rule for rule in self.rules if holds_for(rule, language)])
        return self._plans[language]

    def _compile(self, rules: Iterable[Rule]) -> _Plan:
        pairs: list[tuple[Rule, Check]] = []
        always: list[int] = []
        owners: dict[str, list[int]] = defaultdict(list)
        for index, rule in enumerate(rules):
            if rule.id not in self._checks:
                self._checks[rule.id] = packs.check_of(rule)
            check = self._checks[rule.id]
            pairs.append((rule, check))
            literals = check.literals
            if not literals:
                always.append(index)
            for literal in literals:
                owners[literal].append(index)
        owned = tuple((literal, tuple(indices)) for literal, indices in owners.items())
        automaton = AhoCorasick(list(owners), implementation=Implementation.ContiguousNFA) if owners else None
        return _Plan(tuple(pairs), frozenset(always), automaton, owned)


def _inspect(hit: Hit, length: int) -> None:
    """Raise an error if a hit of a check, which may come from anybody, cannot be placed in a text of that length."""
    for start, end, *words in ((hit.start, hit.end), *hit.edits, *hit.related):
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length):
            raise ValueError(f"it reports {start}:{end} in a text of {length} characters")
        if not all(isinstance(word, str) for word in words):
            raise TypeError("it gives a text that is none")
    if not all(isinstance(value, str) for value in hit.values.values()):
        raise TypeError("it gives a value that is no text")


def holds_for(rule: Rule, language: str | None) -> bool:
    """Tell whether `rule` holds for texts in `language`: a rule for `sr` holds for `sr-Latn` too."""
    if not rule.languages:
        return True
    if language is None:
        return False
    tag = language.lower()
    return any(tag == mine.lower() or tag.startswith(f"{mine.lower()}-") for mine in rule.languages)


def _settle(found: list[tuple[Rule, Hit]]) -> list[tuple[Rule, Hit]]:
    """Sort hits by position; of those that one group reports at the same span keep the most confident.

    The sort is stable: of equals the rule that stands first in its pack remains.
    """
    found.sort(key=lambda pair: (pair[1].start, pair[1].end, -pair[1].confidence))
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for rule, hit in found:
        key = (rule.id.partition("/")[0], hit.start, hit.end)
        if key not in seen:
            seen.add(key)
            kept.append((rule, hit))
    return kept
