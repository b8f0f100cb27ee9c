"""Results in bytes: nothing is lost on the way, and nothing else is taken for a result."""

import dataclasses
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reports
from audit.accepting.directives import Use
from audit.model import Failure
from audit.report import Finding, Summary, Suppression
from audit.running.results import Result, pack, unpack

PATH = "news/front.txt"
RULES = {name: reports.rule(name) for name in ("numbers/separator", "encoding/control")}
NUMBERS = st.integers(0, 2**32 - 2)
PERHAPS = st.none() | reports.ANY


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    finding = draw(reports.findings())
    finding.path, finding.category = PATH, RULES[finding.rule].category
    finding.related = tuple(place._replace(path=PATH) for place in finding.related)
    if finding.fix and finding.fix.edits and draw(st.booleans()):
        first = finding.fix.edits[0]._replace(start=finding.start, end=finding.end)
        finding.fix = finding.fix._replace(edits=(first, *finding.fix.edits[1:]))
    if draw(st.booleans()):
        finding.suppressed = Suppression("inSource", draw(reports.ANY), PATH, draw(NUMBERS))
    finding.source = draw(st.none() | st.dictionaries(reports.ANY, reports.ANY, max_size=2))
    return finding


RESULTS = st.builds(
    Result,
    st.lists(
        st.builds(
            Summary,
            st.just(PATH),
            st.none() | NUMBERS,
            PERHAPS,
            PERHAPS,
            NUMBERS,
            st.none(),
            st.none() | NUMBERS,
            PERHAPS,
        ),
        max_size=3,
    ),
    st.lists(findings(), max_size=4),
    st.lists(
        st.builds(Failure, st.just(PATH), reports.ANY, st.none() | NUMBERS, st.none() | NUMBERS, PERHAPS), max_size=3
    ),
    st.lists(
        st.builds(
            Use,
            st.just(PATH),
            NUMBERS,
            st.lists(reports.ANY, max_size=2).map(tuple),
            st.frozensets(reports.ANY, max_size=2),
            PERHAPS,
        ),
        max_size=2,
    ),
)


@given(RESULTS)
def test_a_result_comes_back_from_bytes_as_it_was(result: Result) -> None:
    assert unpack(pack(result), PATH, RULES) == result


def test_whoever_adds_a_field_has_to_carry_it() -> None:
    fields = [{field.name for field in dataclasses.fields(kind)} for kind in (Result, Summary, Finding, Failure)]

    assert fields == [
        {"documents", "findings", "failures", "uses", "lasts"},
        {"path", "record", "target_language", "source_language", "words", "score", "digest"} | {"line_hashes"},
        {"rule", "severity", "confidence", "category", "message", "path", "record", "start", "end", "text", "excerpt"}
        | {"fingerprint", "related", "fix", "suppressed", "baseline", "source"},
        {"path", "error", "record", "line", "rule"},
    ]
    assert Use._fields == ("path", "line", "globs", "silenced", "mistake")


def test_text_with_the_usual_separator_comes_back_too() -> None:
    texts = ["\0", "\0\x01", "\0" + "".join(map(chr, range(1, 300))), "\ud800\0\udfff"]
    result = Result(findings=[reports.finding("numbers/separator", text, excerpt=(text, text)) for text in texts])

    assert unpack(pack(result), PATH, RULES) == result


@given(RESULTS, st.data())
def test_bytes_that_are_cut_short_or_go_on_are_no_result(result: Result, data: st.DataObject) -> None:
    packed = pack(result)
    cut = data.draw(st.integers(0, len(packed) - 1))

    for wrong in (packed[:cut], packed + b"\0more" if len(packed) > 20 else b""):
        try:
            found = unpack(wrong, PATH, RULES)
        except ValueError:
            continue
        assert found != result


@given(st.binary(max_size=200))
def test_any_bytes_are_a_result_or_refused(data: bytes) -> None:
    with suppress(ValueError):
        assert unpack(data, PATH, RULES).lasts


def test_a_result_of_a_rule_that_is_not_there_is_refused() -> None:
    packed = pack(Result(findings=[reports.finding("numbers/gone")]))

    with pytest.raises(ValueError, match="numbers/gone"):
        unpack(packed, PATH, RULES)
