"""What came of a file, and the same in bytes: to send it from one process to another, and to keep it."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from audit.accepting.directives import Use
from audit.model import Confidence, Failure, Rule, Severity
from audit.report import FileEdit, Finding, Fix, Position, RelatedPlace, Summary, Suppression


@dataclass(slots=True)
class Result:
    """What came of one file or of several; `lasts` says that the same bytes would give the same again."""

    documents: list[Summary] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    lasts: bool = True


# In bytes: counts of documents, findings, failures, uses and positions; the numbers of each; the words of each in the
# same order, behind a separator that none of them holds. Nothing in there is code, whoever wrote it, as it could be in
# a pickle; and it is read faster than JSON, which is left to what is rare.
_COUNTS = struct.Struct("<5I")
_DOCUMENT = struct.Struct("<4I")  # record, words, whether there is a digest, digest; a record is one more than it is
_FINDING = struct.Struct("<5I")  # severity, confidence, record, related places, bits
_FINDING_WORDS = 7  # rule, message, text, before, after, fingerprint, what the whole of it becomes
_FAILURE = struct.Struct("<2I")  # record, line
_POSITION = struct.Struct("<3I")  # line, column, offset: of all findings first, of edits and related places behind
_HAS_RARE, _HAS_FIX, _IS_SAFE, _IS_WHOLE = 1, 2, 4, 8  # whole: the first edit replaces just what was found
_EDITS = 4  # the bit from which on edits are counted
_SIMPLE = _HAS_FIX | _IS_WHOLE | 1 << _EDITS  # a fix as most are
_SEVERITIES, _CONFIDENCES = tuple(Severity), tuple(Confidence)

_make = tuple.__new__  # costs half of what the classes do, and a run has thousands
_position = partial(_make, Position)


def pack(result: Result) -> bytes:
    """Return the documents, findings and failures of one file in bytes, without their path, score and status."""
    numbers: list[int] = []
    words: list[str] = []
    for document in result.documents:
        numbers += (_up(document.record), document.words, document.digest is not None, document.digest or 0)
        of_document = (document.target_language, document.source_language, document.line_hashes)
        words += map(_marked, of_document)
    positions, further_words = _pack_findings(result.findings, numbers, words)
    for failure in result.failures:
        numbers += (_up(failure.record), _up(failure.line))
        words += (failure.error, _marked(failure.rule))
    words += [json.dumps([use.line, use.globs, sorted(use.silenced), use.mistake]) for use in result.uses]
    counts = (len(result.documents), len(result.findings), len(result.failures), len(result.uses), len(positions))
    numbers += [number for position in positions for number in position]
    head = struct.pack(f"<{len(counts) + len(numbers)}I", *counts, *numbers)
    return head + _joined(words + further_words).encode("utf-8", "surrogatepass")


def _pack_findings(
    findings: Iterable[Finding], numbers: list[int], words: list[str]
) -> tuple[list[Position], list[str]]:
    """Add what all findings have to `numbers` and `words`; return all positions, and the words that only some have."""
    positions: list[Position] = []
    further: list[Position] = []
    further_words: list[str] = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        bits = _bits(finding)
        for edit in edits[1:] if bits & _IS_WHOLE else edits:
            further += edit[:2]
            further_words.append(edit.text)
        for place in finding.related:
            further += (place.start, place.end)
            further_words += (place.text, place.message)
        if bits & _HAS_RARE:
            further_words.append(json.dumps([finding.source, _suppression_row(finding.suppressed)]))
        numbers += (finding.severity, finding.confidence, _up(finding.record), len(finding.related), bits)
        positions += (finding.start, finding.end)
        words += (finding.rule, finding.message, finding.text, *finding.excerpt, finding.fingerprint)
        words.append(edits[0].text if bits & _IS_WHOLE else "")
    return positions + further, further_words


def _bits(finding: Finding) -> int:
    bits = 0 if finding.source is finding.suppressed is None else _HAS_RARE
    fix = finding.fix
    if fix is None:
        return bits
    if fix.edits and fix.edits[0][:2] == (finding.start, finding.end):
        bits |= _IS_WHOLE
    return bits | _HAS_FIX | (_IS_SAFE if fix.safe else 0) | len(fix.edits) << _EDITS


def _suppression_row(suppression: Suppression | None) -> tuple[str, str, str, int] | None:
    """Return a suppression that an article itself gives: the only one that is known so early, and it never expires."""
    return suppression and suppression[:4]


def _up(number: int | None) -> int:
    return 0 if number is None else number + 1


def _marked(word: str | None) -> str:
    return "" if word is None else f"={word}"


def _joined(words: Sequence[str]) -> str:
    """Return the words behind a separator each, a character that none of them holds: NUL, but for the rarest texts."""
    joined = "".join(["\0" + word for word in words])
    if joined.count("\0") == len(words):
        return joined
    free = next(mark for mark in map(chr, range(1, 0x110000)) if mark not in joined)
    return "".join([free + word for word in words])


def unpack(data: bytes, path: str, rules: Mapping[str, Rule]) -> Result:
    """Return what `pack` wrote of the file `path`; raise `ValueError` for anything else."""
    try:
        return _unpack(data, path, rules)
    except (struct.error, LookupError, StopIteration, TypeError) as error:
        raise ValueError(f"no result of a file: {error}") from None


def _unpack(data: bytes, path: str, rules: Mapping[str, Rule]) -> Result:
    of_documents, of_findings, of_failures, of_uses, of_positions = _COUNTS.unpack_from(data)
    documents_end = _COUNTS.size + of_documents * _DOCUMENT.size
    findings_end = documents_end + of_findings * _FINDING.size
    failures_end = findings_end + of_failures * _FAILURE.size
    end = failures_end + of_positions * _POSITION.size
    positions = map(_position, _POSITION.iter_unpack(data[failures_end:end]))
    text = str(data[end:], "utf-8", "surrogatepass")
    words = iter(text[1:].split(text[0]) if text else ())
    documents = [
        Summary(
            path, _down(record), _bare(words), _bare(words), count, None, digest if has_digest else None, _bare(words)
        )
        for record, count, has_digest, digest in _DOCUMENT.iter_unpack(data[_COUNTS.size : documents_end])
    ]
    findings, with_more = _findings(data[documents_end:findings_end], positions, words, path, rules)
    failures = [
        Failure(path, next(words), _down(record), _down(line), _bare(words))
        for record, line in _FAILURE.iter_unpack(data[findings_end:failures_end])
    ]
    uses = [_use(path, *json.loads(next(words))) for _ in range(of_uses)]
    for finding, related, bits, whole in with_more:
        _add_more(finding, related, bits, whole, words, positions)
    if len(findings) != of_findings or next(words, None) is not None:
        raise ValueError("no result of a file: its words do not fit its numbers")
    return Result(documents, findings, failures, uses)


def _use(path: str, line: int, globs: Sequence[str], silenced: Sequence[str], mistake: str | None) -> Use:
    return Use(path, line, tuple(globs), frozenset(silenced), mistake)


def _findings(
    data: bytes, positions: Iterator[Position], words: Iterator[str], path: str, rules: Mapping[str, Rule]
) -> tuple[list[Finding], list[tuple[Finding, int, int, str]]]:
    """Return the findings; and those that have more, with the number of related places, bits and the whole edit."""
    found: list[Finding] = []
    with_more: list[tuple[Finding, int, int, str]] = []
    columns = (_FINDING.iter_unpack(data), positions, positions, *[words] * _FINDING_WORDS)
    for numbers, start, end, name, message, text, before, after, fingerprint, edit in zip(*columns, strict=False):
        severity, confidence, record, related, bits = numbers
        rule = rules[name]
        finding = Finding(
            rule.id,
            _SEVERITIES[severity],
            _CONFIDENCES[confidence],
            rule.category,
            message,
            path,
            record - 1 if record else None,
            start,
            end,
            text,
            (before, after),
            fingerprint,
        )
        found.append(finding)
        if bits & ~_IS_SAFE == _SIMPLE:
            finding.fix = _make(Fix, (bits & _IS_SAFE != 0, (_make(FileEdit, (start, end, edit)),)))
            bits = 0
        if related or bits:
            with_more.append((finding, related, bits, edit))
    return found, with_more


def _add_more(
    finding: Finding, related: int, bits: int, whole: str, words: Iterator[str], positions: Iterator[Position]
) -> None:
    if bits & _HAS_FIX:
        edits = [FileEdit(finding.start, finding.end, whole)] if bits & _IS_WHOLE else []
        for _ in range((bits >> _EDITS) - len(edits)):
            edits.append(_make(FileEdit, (next(positions), next(positions), next(words))))
        finding.fix = _make(Fix, (bits & _IS_SAFE != 0, tuple(edits)))
    if related:
        path = finding.path
        places = [
            RelatedPlace(path, next(positions), next(positions), next(words), next(words)) for _ in range(related)
        ]
        finding.related = tuple(places)
    if bits & _HAS_RARE:
        finding.source, suppressed = json.loads(next(words))
        finding.suppressed = Suppression(*suppressed) if suppressed else None


def _down(number: int) -> int | None:
    return number - 1 if number else None


def _bare(words: Iterator[str]) -> str | None:
    word = next(words)
    return word[1:] if word else None
