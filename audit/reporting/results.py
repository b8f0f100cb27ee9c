"""A finding as a result of SARIF 2.1.0, and the places that it names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as quoted
from urllib.parse import quote

from audit.expressions import expression
from audit.model import Confidence, Severity
from audit.report import Finding, Fix, Position, RelatedPlace, Suppression
from audit.reporting.descriptors import LONGEST_NAME, LONGEST_TEXT
from audit.reporting.plain import encoded, shortened, writable

_MOST_RELATED = 100
_MOST_LINKED = 10

_LINK_MARKS, _ESCAPED = expression(r"([][\\])"), r"\\\1"
ROOT = "%SRCROOT%"
_LEVELS = tuple(map(str, Severity))
_CONFIDENCES = tuple(map(str, Confidence))
_COUNT = len(Severity) * len(Confidence)
_RANKS = [round(100 * (number + 1) / _COUNT, 1) for number in range(_COUNT)]  # from 0 to 100, the worst and surest last


def result(finding: Finding, index: int, line_hash: str, own: str, *, silenced: bool, known: bool) -> str:
    """Return a finding as JSON; there are many, and filling in a form takes half the time of encoding a dict.

    `index` is the number of its rule; `line_hash` and `own` are its fingerprints for GitHub and for us. The standard
    wants to hear in all results or in none what was `silenced`, and what the baseline says of each.
    """
    region = _region(finding.start, finding.end)
    if 0 < len(finding.text) <= LONGEST_TEXT:
        region = f'{region[:-1]}, "snippet": {{"text": {quoted(finding.text)}}}}}'
    rank = _RANKS[len(_CONFIDENCES) * finding.severity + finding.confidence]
    related = _related(finding.related) if finding.related else ""
    fixes = _fixes(finding.fix, finding.path) if finding.fix else ""
    record = "" if finding.record is None else f', "record": {finding.record}'
    return writable(
        f'{{"ruleId": {quoted(finding.rule)}, "ruleIndex": {index}, "level": "{_LEVELS[finding.severity]}", '
        f'"message": {{"text": {quoted(_message(finding))}}}, "locations": [{_location(finding.path, region)}], '
        f'"rank": {rank}, "properties": {{"confidence": "{_CONFIDENCES[finding.confidence]}", '
        f'"category": {quoted(finding.category)}{record}}}'
        f'{related}{fixes}, "partialFingerprints": '
        f'{{"primaryLocationLineHash": {quoted(line_hash)}, "audit/v1": {quoted(own)}}}'
        f"{_suppressions(finding.suppressed) if silenced else ''}{_standing(finding.baseline) if known else ''}}}"
    )


def _standing(baseline: str) -> str:
    return f', "baselineState": {quoted(baseline)}'


def _suppressions(suppressed: Suppression | None) -> str:
    if suppressed is None:
        return ', "suppressions": []'
    place = {"artifactLocation": artifact(suppressed.path), "region": {"startLine": suppressed.line}}
    told = {"kind": suppressed.kind, "status": "accepted", "justification": suppressed.reason}
    return f', "suppressions": {encoded([told | {"location": {"physicalLocation": place}}])}'


def _related(places: Iterable[RelatedPlace]) -> str:
    locations = (
        f'{{"id": {number}, "message": {{"text": {quoted(_named(place))}}}, '
        f"{_location(place.path, _region(place.start, place.end))[1:]}"
        for number, place in enumerate(places, start=1)
    )
    return f', "relatedLocations": [{", ".join(islice(locations, _MOST_RELATED))}]'


def _message(finding: Finding) -> str:
    """Return the message with links to the related places, without which GitHub does not show them."""
    message = shortened(finding.message if finding.message.strip() else finding.rule, LONGEST_TEXT)
    message = message.replace("[", "\\[") if "](" in message else message
    if not finding.related:
        return message
    links = ", ".join(
        f"[{_LINK_MARKS.sub(_ESCAPED, _named(place))}]({number})"
        for number, place in enumerate(finding.related[:_MOST_LINKED], start=1)
    )
    return f"{message} See {links}."


def _named(place: RelatedPlace) -> str:
    return shortened(place.message if place.message.strip() else "another place", LONGEST_NAME)


def _location(path: str, region: str) -> str:
    return f'{{"physicalLocation": {{"artifactLocation": {_artifact(path)}, "region": {region}}}}}'


def _region(start: Position, end: Position) -> str:
    line, column, _ = start
    end_line, end_column, _ = end
    return f'{{"startLine": {line}, "startColumn": {column}, "endLine": {end_line}, "endColumn": {end_column}}}'


@lru_cache(1 << 14)  # of thousands of files; most are named several times
def _artifact(path: str) -> str:
    return encoded(artifact(path))


def artifact(path: str) -> dict[str, str]:
    """Return where a file lies: as a URI, relative to the folder of the run if its path is."""
    try:
        name = quote(path.encode("utf-8", "surrogateescape"))  # a name that is not UTF-8 keeps its bytes
    except UnicodeEncodeError:
        name = quote(path.encode("utf-8", "surrogatepass"))
    if path.startswith("//"):  # \\server\share
        return {"uri": f"file:{name}"}
    if path.startswith("/"):
        return {"uri": f"file://{name}"}
    if path[1:3] == ":/" and path[0].isascii() and path[0].isalpha():  # C:/
        return {"uri": f"file:///{path[:2]}{quote(path[2:])}"}
    return {"uri": name} if path == "-" else {"uri": name, "uriBaseId": ROOT}


def _fixes(fix: Fix, path: str) -> str:
    if sum([len(edit.text) for edit in fix.edits]) > LONGEST_TEXT:
        return ""
    replacements = ", ".join(
        [
            f'{{"deletedRegion": {_region(start, end)}, "insertedContent": {{"text": {quoted(text)}}}}}'
            for start, end, text in fix.edits
        ]
    )
    description = "A safe fix." if fix.safe else "A fix that may change the meaning: read it first."
    return (
        f', "fixes": [{{"description": {{"text": "{description}"}}, "artifactChanges": '
        f'[{{"artifactLocation": {_artifact(path)}, "replacements": [{replacements}]}}]}}]'
    )
