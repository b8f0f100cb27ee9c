"""Find numbers whose marks belong to another language: 250.000 soldiers or 3,5 percent in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from audit.model import Confidence, Document, Edit, Hit, Sighting, Table
from audit.numbers.locales import Convention, convention, mark_class
from audit.numbers.scan import Number, marked_numbers, neighbours
from audit.numbers.shapes import Reading, Wrong, read
from audit.numbers.weights import HIGH, LOW, MEDIUM, WEIGHTS
from audit.numbers.words import Lexicon, evidence, in_enumeration, is_part_of_a_name

_NEVER_PRECISE = frozenset({"people", "source", "whole", "several groups", "both marks"})
_ROUND = frozenset({"tens", "hundreds", "round"})
_UNITS = frozenset({"percent", "scale", "precise", "measure", "amount", "time", "reading"})


class Suspect(NamedTuple):
    """A number that its language does not write so, the evidence that it is wrong, and how to write it."""

    number: Number
    wrong: Wrong
    habit: Convention
    evidence: frozenset[str]
    fix: str

    @property
    def score(self) -> int:
        """Return the sum of the evidence."""
        weights = WEIGHTS[self.wrong]
        return sum([weights.get(name, 0) for name in self.evidence])


class Odd(NamedTuple):
    """A number that its block's language would not write so, or would mean otherwise than it seems."""

    number: Number
    habit: Convention
    reading: Reading


def odd_numbers(document: Document) -> list[Odd]:
    """Return the odd numbers of a document; use as `document.once(odd_numbers)`."""
    numbers = document.once(marked_numbers)
    if not numbers:
        return []
    odd = []
    own = document.target_language
    habit = convention(own) if own else None
    foreign = any(block.language for block in document.blocks)
    for number in numbers:
        if foreign:
            block = document.block_at(number.start)
            language = (block.language if block else None) or own
            habit = convention(language) if language else None
        if habit and habit.doubts(number.groups, number.marks) and (reading := read(number, habit)):
            odd.append(Odd(number, habit, reading))
    return odd


@dataclass(frozen=True)
class Check:
    """Numbers with a wrong mark; `wrong` says which: what groups the thousands, the decimal mark, or a space.

    `units`, `words` and `counted` are the tables of `audit.numbers.words.Lexicon`.
    """

    units: Table
    words: Table
    counted: Table
    wrong: Wrong = "thousands"

    literals = ()  # numbers have a scan of their own

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self.units, self.words, self.counted)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the numbers that are written as in another language."""
        suspects = self._suspects(document, self.wrong)
        if not suspects:
            return
        suspects = self._beside_the_other_mark(document, suspects)
        regional = {habit for habit in {suspect.habit for suspect in suspects} if _is_regional(document, habit)}
        for suspect in _together(document, suspects):
            confidence = _confidence(suspect, suspect.habit in regional)
            if confidence is not None:
                start, end = suspect.number.start, suspect.number.end
                yield Hit(start, end, confidence, {"fix": suspect.fix}, (Edit(start, end, suspect.fix),))

    def _suspects(self, document: Document, wrong: Wrong) -> list[Suspect]:
        odd = [one for one in document.once(odd_numbers) if one.reading.wrong == wrong]
        return [suspect for one in odd if (suspect := self._suspect(document, *one))]

    def _beside_the_other_mark(self, document: Document, suspects: list[Suspect]) -> list[Suspect]:
        """Return the suspects with what those of the other kind tell of them: 3,5 percent and 45.100 go together."""
        if all(suspect.score >= HIGH for suspect in suspects):
            return suspects
        other: Wrong = "thousands" if self.wrong == "decimal" else "decimal"
        least = MEDIUM if self.wrong == "space" else HIGH
        others = [suspect for suspect in self._suspects(document, other) if suspect.score >= MEDIUM]
        if not others:
            return suspects
        sure, likely = (
            {one.number.marks[-1 if other == "decimal" else 0] for one in others if one.score >= bar}
            for bar in (least, MEDIUM)
        )
        name = "decimal companion" if other == "decimal" else "grouped companion"
        return [
            suspect._replace(evidence=suspect.evidence | {name})
            if _goes_with(suspect, likely if suspect.evidence & _ROUND else sure)
            else suspect
            for suspect in suspects
        ]

    def _suspect(self, document: Document, number: Number, habit: Convention, reading: Reading) -> Suspect | None:
        beside = neighbours(document.text, number)
        words = self._lexicon.words(habit.locale)
        if is_part_of_a_name(document.text, number, beside, words):
            return None
        wrong = reading.wrong
        found = evidence(document.text, number, beside, words) | _source_evidence(document, number, wrong)
        if wrong == "decimal" and in_enumeration(document.text, number, beside):
            found.add("enumeration")
        found = _reconcile(number, reading, found)
        fix = habit.write(reading.whole, reading.fraction)
        if "whole" in found and not reading.fraction and 1500 <= int(reading.whole) <= 2100:
            fix = reading.whole  # June 2.011 is a year
        return Suspect(number, wrong, habit, frozenset(found), fix)


def _goes_with(suspect: Suspect, marks: set[str]) -> bool:
    """Tell whether a number may be written by the convention of others that have `marks` for the other role."""
    own = suspect.number.marks[0]
    return bool(marks) and own not in marks and mark_class(own) in (".", ",", " ")


def _source_evidence(document: Document, number: Number, wrong: Wrong) -> set[str]:
    source = convention(document.source_language) if document.source_language else None
    if source is None or wrong == "space":
        return set()
    role = source.role(number.marks[-1 if wrong == "decimal" else 0].strip())
    if wrong == "decimal":
        return {"source"} if role == "decimal" else set()
    return {"source"} if role == "group" else {"other source"} if role == "decimal" else set()


def _reconcile(number: Number, reading: Reading, beside: set[str]) -> set[str]:
    """Return the evidence of the shape and of the words, of which each piece holds beside the others."""
    found = set(reading.shape) | beside
    if "round" in found:
        if "precise" in found:
            found.add("round unit")
        elif found & {"measure", "amount", "time"}:
            found.add("round measure")
        found -= {"scale", "precise", "list", "rate"}
        if "round, one digit" not in found and found & {"price", "people"}:
            found.discard("score")  # an average wage of 98.000 dinars
    if {"hundreds", "measure"} <= found:
        found.add("hundreds measure")
    if found & {"hundreds", "several groups", "both marks"}:
        found.discard("list")
    if "fraction" in found and found & _UNITS:
        found -= {"list", "name"}
    elif "fraction" in found and number.marks[-1] == "." and "price" not in found:
        doubtful = {"clock"} if "like a time" in found else {"fraction"}  # as likely a date, a time, a version
        return doubtful | (found & {"label"})
    if not found & {"round", "hundreds", "fraction"}:
        found.discard("about")
    if len(number.groups[0]) == 1 and not found & {"round", "fraction", "both marks"}:
        found.discard("price")
    if "time" in found and "like a time" in found:
        found.add("clock")
    elif "clock" in found and "like a time" not in found:
        found.discard("clock")
    return found


def _together(document: Document, suspects: Sequence[Suspect]) -> Iterator[Suspect]:
    """Yield the suspects with what the article's other numbers are evidence of."""
    scores = [suspect.score for suspect in suspects]
    bar, enough = (HIGH, 1) if max(scores) >= HIGH else (MEDIUM, 2)
    marks = [
        mark_class(suspect.number.marks[0]) for suspect, score in zip(suspects, scores, strict=True) if score >= bar
    ]
    habit = suspects[0].habit
    open_to_doubt = any(suspect.evidence.isdisjoint(_NEVER_PRECISE) for suspect in suspects)
    precise = open_to_doubt and _has_precise_decimals(document, suspects, scores)
    tolerated = any("second system" in suspect.evidence for suspect in suspects)
    grouped = (suspects[0].wrong == "space" or tolerated) and _has_groups(document, habit)
    for suspect, score in zip(suspects, scores, strict=True):
        extra = set()
        others = len(marks) - (score >= bar)
        if others >= enough and mark_class(suspect.number.marks[0]) in marks:
            extra.add("companion")
        elif precise and suspect.evidence.isdisjoint(_NEVER_PRECISE):
            extra.add("precise companion")
        if grouped:
            extra.add("own marks" if "second system" in suspect.evidence else "article has marks")
        yield suspect._replace(evidence=suspect.evidence | extra) if extra else suspect


def _has_precise_decimals(document: Document, suspects: Sequence[Suspect], scores: Sequence[int]) -> bool:
    """Tell whether other numbers of the article surely have three decimals."""
    for suspect, score in zip(suspects, scores, strict=True):
        if score < LOW and len(suspect.number.marks) == 1 and suspect.number.groups[-1][-1] != "0":
            return True
    return suspects[0].wrong == "thousands" and _has_small_decimals(document, suspects[0].habit)


def _has_small_decimals(document: Document, habit: Convention) -> bool:
    """Tell whether the article has decimals like 0.125."""
    return any(
        number.groups[0] == "0"
        and len(number.groups[-1]) == 3
        and [habit.role(mark) for mark in number.marks] == ["decimal"]
        for number in document.once(marked_numbers)
    )


def _has_groups(document: Document, habit: Convention) -> bool:
    return any(
        habit.role(number.marks[0]) == "group" and habit.reads(number.groups, number.marks)
        for number in document.once(marked_numbers)
    )


def _is_regional(document: Document, habit: Convention) -> bool:
    """Tell whether the article keeps to a region's marks, which a bare language tag or its habits, allow."""
    region = habit.region
    if region is None:
        return False
    if "_" in habit.locale:
        return True
    roles = set()
    for number in document.once(marked_numbers):
        ours, theirs = (not one.doubts(number.groups, number.marks) for one in (habit, region))
        if ours and not theirs:
            if _is_swiss(region) and [habit.role(mark) for mark in number.marks] == ["decimal"]:
                continue  # Swiss papers print 3,5 Prozent, too
            if not region.reads(number.groups, number.marks) or number.groups[-1].endswith("00"):
                return False
            continue  # 17.125 may be either
        if theirs and not ours:
            roles |= {region.role(mark) for mark in number.marks}
    return roles == {"decimal", "group"} or (roles == {"group"} and _is_swiss(region))


def _is_swiss(region: Convention) -> bool:
    """Tell whether a region groups with an apostrophe, which nobody else does: it needs no other number to be sure."""
    return mark_class(region.group) == "'"


def _confidence(suspect: Suspect, regional: bool) -> Confidence | None:
    score = suspect.score
    if score < LOW:
        return None
    region, number = suspect.habit.region, suspect.number
    allowed = region is not None and not region.doubts(number.groups, number.marks)
    if score < MEDIUM or (allowed and regional):
        return Confidence.LOW
    tolerated = allowed or "second system" in suspect.evidence
    return (
        Confidence.HIGH if score >= HIGH and not (tolerated and "source" not in suspect.evidence) else Confidence.MEDIUM
    )
