"""The HTML report: what it shows, in a real browser, and that nothing of an article can run or break it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

import audit
from audit.configuration.config import Config
from audit.folder import files
from audit.model import Block, Document, Failure, Kind, Severity
from audit.offsets import Offsets
from audit.report import FileEdit, Fix, Position, RelatedPlace, Report
from audit.reporters import html as reporter
from audit.running import runner
from browser import opened, started, violations
from conftest import ROOT
from npm import installed
from reports import ANY, finding, findings, rendered, report_of, rule, sample

HTML_VALIDATE = "8.29.0"
CONFIGURATION = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {"form-dup-name": ["error", {"shared": ["radio", "checkbox"]}]},  # boxes of one name are a choice
}
WITHOUT_END = {"meta", "rect", "input", "br"}


class Reader(HTMLParser):
    """A strict reader: every element is closed where it should be, every id is there once, every link leads somewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.articles: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        links = [value for name, value in self.attributes if name == "href"]
        assert {link[0] for link in links} <= {"#"}
        assert {link[1:] for link in links} <= set(self.ids)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in WITHOUT_END:
            self.open.append(tag)
        if tag == "article":
            self.articles.append("")
        self.attributes += [(name, value or "") for name, value in attributes]
        self.ids += [value or "" for name, value in attributes if name == "id"]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in WITHOUT_END

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.articles[-1] += data


class Given:
    """Articles made by hand, as a run would give them."""

    def __init__(self, *documents: Document) -> None:
        self._documents = documents

    def text(self, path: str) -> str | None:
        return next((document.text for document in self._documents if document.path == path), None)

    def documents(self, path: str) -> list[Document]:
        return [document for document in self._documents if document.path == path]


def document(path: str, *paragraphs: str, kind: Kind = Kind.PARAGRAPH) -> Document:
    text, blocks = "\n\n".join(paragraphs), []
    for paragraph in paragraphs:
        start = blocks[-1].end + 2 if blocks else 0
        blocks.append(Block(start, start + len(paragraph), kind))
    return Document(path, text, blocks, Offsets.identity(len(text)))


def at(start: int, end: int, **changes: Any) -> Any:
    """Return a finding at the offsets `start:end` of a file."""
    places = {"start": Position(1, start + 1, start), "end": Position(1, end + 1, end)}
    return finding(
        changes.pop("rule", "names/place"), "Tea at noon on Monday"[: end - start], path="a.txt", **places, **changes
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.fixture(scope="module")
def checked() -> Report:
    """Return the report of the example articles."""
    return audit.run([ROOT / "tests" / "articles"], jobs=1)


@pytest.fixture(scope="module")
def saved(checked: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(checked, tmp_path_factory.mktemp("html"))


@pytest.fixture
def page(browser: Browser, saved: Path) -> Iterator[Page]:
    with opened(browser, saved) as shown:
        yield shown


def save(report: Report, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(rendered(report, "html"), encoding="utf-8")
    return path


def cards(page: Page) -> int:
    return page.locator(".card:visible").count()


def current(page: Page) -> str:
    return page.locator(".card.current .number").inner_text()


# --- what it shows ----------------------------------------------------------------------------------------------------


def test_articles_are_shown_as_they_read(checked: Report) -> None:
    shown = Reader(rendered(checked, "html")).articles

    bridge = next(text for text in shown if "Pontoon bridge" in text)
    assert "The crossing, 1.150\xa0metres long, is the longest of its kind in Ukraine." in bridge
    assert "“My father was carried over the river on a door,” said the surgeon Yevheniia Moroz." in bridge
    assert len(shown) == 7


def test_every_finding_is_marked_where_it_stands(checked: Report) -> None:
    page = rendered(checked, "html")

    assert page.count('class="show"') == len(checked.findings) > 50
    assert page.count('class="excerpt"') == 0


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([(0, 3)], ["Tea"]),
        ([(0, 11), (4, 7)], ["Tea ", "and", " two"]),
        ([(0, 7), (4, 11)], ["Tea ", "and", " two"]),
        ([(4, 19)], ["and two", "cups o"]),
        ([(3, 3)], ["‸"]),
        ([(0, 3), (0, 3), (0, 3), (0, 3)], ["Tea"]),
    ],
)
def test_marks_may_overlap_and_cross_blocks(spans: list[tuple[int, int]], shown: list[str]) -> None:
    report = report_of(*(at(*span) for span in spans), articles=Given(document("a.txt", "Tea and two", "cups of it")))

    page = rendered(report, "html")

    Reader(page)
    marks = [part.split(">", 1)[1].split("</a>")[0] for part in page.split('<a class="mark ')[1:]]
    assert marks == shown


def test_a_finding_that_no_block_shows_stands_below_with_its_words() -> None:
    report = report_of(at(50, 60, excerpt=("before ", " after")), articles=Given(document("a.txt", "Tea")))

    page = rendered(report, "html")

    assert 'class="mark' not in page
    assert ">before <mark>Tea at noo</mark> after</p>" in page


def test_related_places_are_linked(checked: Report) -> None:
    page = rendered(checked, "html")

    link = page.split(">first printed here</a>")[0].rpartition('href="#')[2].partition('"')[0]
    assert f'<span class="related" id="{link}">' in page or f'id="{link}" href=' in page


def test_a_related_place_in_another_article_leads_to_it() -> None:
    other = RelatedPlace("b.txt", Position(1, 1, 0), Position(1, 4, 3), "Tea", "printed there")
    report = report_of(at(0, 3, related=(other,)), finding("a/b", path="b.txt"))

    assert '<a href="#a2">printed there</a>: “<span dir="auto">Tea</span>”, b.txt, line 1' in rendered(report, "html")


def test_source_stands_beside_target() -> None:
    report = report_of(finding("fidelity/number", source={"text": "250.000 vojnika", "line": 2}))

    page = rendered(report, "html")

    assert '<dt>Source</dt><dd dir="auto">250.000 vojnika</dd>' in page
    assert '<dd dir="auto" lang="en">It cost about <mark>250.000</mark> euros, they said.</dd>' in page


@pytest.mark.parametrize(
    ("before", "text", "shown"),
    [
        ((3, 3), "The ", "add <ins>The </ins>"),
        ((0, 3), "", "delete <del>Tea</del>"),
        ((0, 9), "", "delete what stands there"),
        ((0, 3), "Tee", "<del>Tea</del> → <ins>Tee</ins>"),
    ],
)
def test_fixes_are_told(before: tuple[int, int], text: str, shown: str) -> None:
    start, end = (Position(1, offset + 1, offset) for offset in before)

    page = rendered(report_of(at(0, 3, fix=Fix(True, (FileEdit(start, end, text),)))), "html")

    assert "<b>Safe fix</b>" in page
    assert shown in " ".join(page.split())


def test_score_is_shown_with_its_formula(checked: Report) -> None:
    page = rendered(checked, "html")

    assert f"<dd>{checked.score}</dd>" in page
    assert "100 − 100 × penalty points ÷ words" in page


def test_failures_are_listed() -> None:
    page = rendered(sample(), "html")

    assert "<b>news/all.jsonl, record 8, line 8</b> not valid JSON" in page


def test_a_huge_article_is_shown_in_parts() -> None:
    line = "word " * 1_000_000
    marked = line[:-8] + "Kiev is."
    report = report_of(at(len(marked) - 8, len(marked) - 4), articles=Given(document("a.txt", marked)))

    page = rendered(report, "html")

    Reader(page)
    assert len(page) < 100_000
    assert "characters not shown]" in page
    assert ">Kiev</a>" in page


def test_of_very_many_findings_the_worst_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporter, "_MOST_FINDINGS", 2)
    report = report_of(at(0, 3), at(4, 7, severity=Severity.ERROR), at(8, 9, severity=Severity.NOTE), at(10, 11))

    page = rendered(report, "html")

    assert page.count('class="card ') == 2
    assert "2 findings, the least of them, are counted here but not shown below" in page


def test_a_report_is_no_article(saved: Path) -> None:
    report = audit.run([saved.parent])
    named = audit.run([saved])

    assert report.documents == named.documents == []
    assert [failure.error for failure in named.failures] == ["is a report of audit, not an article"]


# --- articles that are not what they were -----------------------------------------------------------------------------

ARTICLE = "Harbour news\n\nAround 250.000 soldiers left Kiev, the ministry said on Monday in the city.\n"


@pytest.mark.parametrize(
    "change", [lambda path: path.write_text("Other words\n"), Path.unlink], ids=["changed", "gone"]
)
def test_what_has_changed_is_shown_by_its_excerpts(tmp_path: Path, change: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    report = audit.run([path], target_language="en")
    change(path)

    page = rendered(report, "html")

    Reader(page)
    assert "This file has changed or gone since it was checked" in page
    assert "<mark>250.000</mark> soldiers left Kiev" in page
    assert "<article" not in page


def test_standard_input_keeps_its_text(tmp_path: Path) -> None:
    given = files.StandardInput("-", ARTICLE.encode())

    report = runner.run(["-"], Config(root=tmp_path, forced_language="en"), given)

    assert "left <" in Reader(rendered(report, "html")).articles[0].replace("Kiev", "<")


def test_records_of_one_file_are_articles_of_their_own(tmp_path: Path) -> None:
    lines = [json.dumps({"headline": f"Harbour news {number}", "body": ARTICLE}) for number in (1, 2)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")

    shown = Reader(rendered(audit.run([tmp_path / "a.jsonl"], target_language="en"), "html")).articles

    assert ["news 1" in shown[0], "news 2" in shown[1], len(shown)] == [True, True, 2]


# --- nothing can break it ---------------------------------------------------------------------------------------------

HOSTILE = """<script>window.hacked = 1; alert(1)</script> javascript:alert(2) "><img src=x onerror=alert(3)>
' onmouseover='alert(4) </article></main></body></html> <!-- ]]> {{ 7 * 7 }} {% raw %} </style></title></textarea>
<svg onload=alert(5)> <a href="javascript:alert(6)">Kiev</a> &lt;script&gt; \\u003cscript\\u003e <base href=//evil.test>
<meta http-equiv=refresh content=0;url=//evil.test> [x](javascript:alert(7)) <iframe srcdoc="<script>alert(8)</script>">"""


def hostile() -> Report:
    words = " ".join(HOSTILE.split())
    spans = [(place, place + 30) for place in range(0, len(words) - 30, 11)]
    bad = [
        finding(
            f"names/{words}",
            words[start:end],
            path="a.txt",
            start=Position(1, start + 1, start),
            end=Position(1, end + 1, end),
            message=words,
            category=words,
            fingerprint=words,
            excerpt=(words, words),
            source=words,
            related=(RelatedPlace(words, Position(1, 1, 0), Position(1, 3, 2), words, words),),
            fix=Fix(False, (FileEdit(Position(1, 1, 0), Position(1, 3, 2), words),)),
        )
        for start, end in spans
    ]
    told = {one.rule: rule(one.rule, why=words) for one in bad}
    article = document("a.txt", words, kind=Kind.HEADLINE)
    article.blocks[0] = article.blocks[0]._replace(language=words, source=words)
    report = report_of(*bad, rules=told, articles=Given(article), failures=[Failure(words, words, rule=words)])
    report.documents[0].target_language = report.documents[0].source_language = words
    report.version = words
    return report


@pytest.mark.parametrize("bypass", [False, True], ids=["with its policy", "without"])
def test_nothing_of_an_article_runs(browser: Browser, tmp_path: Path, bypass: bool) -> None:
    with opened(browser, save(hostile(), tmp_path), bypass_csp=bypass) as page:
        page.keyboard.press("j")
        page.locator(".card.current a.show").click()
        page.wait_for_timeout(100)

        assert page.evaluate("window.hacked") is None
        assert (
            page.locator("article").inner_text().startswith("<script>window.hacked = 1; alert(1)</script> javascript:")
        )
        assert page.locator("script, style, iframe, img, base, object, embed").count() == 2


def test_attributes_of_a_hostile_page_are_harmless() -> None:
    attributes = Reader(rendered(hostile(), "html")).attributes

    assert not [name for name, _ in attributes if name.startswith("on") or name in ("style", "src", "srcdoc", "action")]


def test_policy_allows_its_own_style_and_script_alone(browser: Browser, tmp_path: Path) -> None:
    path = save(sample(), tmp_path)
    page = path.read_text(encoding="utf-8")
    path.write_text(page.replace("</main>", "<script>document.title = 'run'</script></main>"), encoding="utf-8")
    policy = page.split('Content-Security-Policy" content="')[1].split('"')[0]

    with browser.new_context() as context:
        shown = context.new_page()
        shown.goto(path.as_uri())

        assert shown.title() != "run"
        assert "js" in shown.locator("html").get_attribute("class")
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy


@settings(deadline=None)
@given(st.lists(findings(), max_size=4), ANY.filter(bool), ANY, st.lists(ANY.filter(bool), max_size=3))
def test_any_text_gives_a_sound_page(found: list[Any], path: str, error: str, paragraphs: list[str]) -> None:
    shown = {one.path: document(one.path, *paragraphs) for one in found}
    report = report_of(*found, failures=[Failure(path, error, line=3)], articles=Given(*shown.values()))

    page = rendered(report, "html")

    page.encode()
    Reader(page)
    assert page.count('class="card ') == len(found)
    assert not set(page) & set("\0\x07\x1b\x9b\u202e\r\b")


@pytest.mark.parametrize(
    "name", ["articles", "sample", "hostile", "no-article", "no-finding", "failures", "one-endless-line"]
)
def test_html_validate_accepts_the_page(name: str, checked: Report, tmp_path: Path) -> None:
    endless = document("a.txt", "Kiev " * 50_000)
    reports = {
        "articles": checked,
        "sample": sample(),
        "hostile": hostile(),
        "no-article": Report("1", {}),
        "no-finding": report_of(documents=sample().documents),
        "failures": Report("1", {}, failures=sample().failures),
        "one-endless-line": report_of(at(5, 9), at(5_000, 5_004), articles=Given(endless)),
    }
    path = save(reports[name], tmp_path)
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(CONFIGURATION), encoding="utf-8")
    validator = installed("html-validate", HTML_VALIDATE) / "bin" / "html-validate.js"

    done = subprocess.run(["node", validator, path], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


# --- in a browser -----------------------------------------------------------------------------------------------------


def test_filters_leave_what_was_asked_for(page: Page, checked: Report) -> None:
    everything = len(checked.findings)
    page.get_by_role("button", name="Filter").click()

    page.get_by_role("checkbox", name="error").check()
    errors = sum(one.severity is Severity.ERROR for one in checked.findings)
    assert cards(page) == errors
    assert page.locator("output").inner_text() == f"{errors} of {everything}"

    page.get_by_role("checkbox", name="numbers").check()
    numbers = sum(one.rule.startswith("numbers/") for one in checked.findings)
    assert cards(page) == numbers

    page.get_by_role("checkbox", name="high").check()
    assert cards(page) == sum(
        one.rule.startswith("numbers/") and str(one.confidence) == "high" for one in checked.findings
    )

    page.get_by_role("button", name="Show all").first.click()
    expect(page.locator("output")).to_have_text(f"{everything} findings")
    page.get_by_label("Rule").select_option("names/two-spellings")
    assert cards(page) == sum(one.rule == "names/two-spellings" for one in checked.findings)
    assert page.locator("a.mark:not(.off)").count() == cards(page)


def test_words_are_searched_in_findings(page: Page) -> None:
    page.get_by_role("searchbox").fill("kyiv kiev")

    assert cards(page) > 0
    assert all("“Kyiv”" in text for text in page.locator(".card:visible .message").all_text_contents())
    assert page.locator("section.article:visible").count() < 7

    page.get_by_role("searchbox").fill("nothing like it")
    assert cards(page) == 0
    page.locator(".empty button").click()
    expect(page.locator(".empty")).to_be_hidden()
    assert cards(page) == 72


def test_keys_lead_from_finding_to_finding(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert current(page) == "2"
    assert page.locator(".mark.current").evaluate("mark => mark === document.activeElement")
    assert page.locator(".card.current .why").is_visible()

    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.locator("output").inner_text() == "72 of 72"

    page.keyboard.press("Enter")
    assert page.locator(".card.current").evaluate("card => card === document.activeElement")
    page.keyboard.press("Escape")
    assert page.locator(".current").count() == 0
    assert page.evaluate("document.activeElement.matches('.mark')")

    page.keyboard.press("/")
    page.keyboard.type("kj")
    assert page.get_by_role("searchbox").input_value() == "kj"


def test_keys_can_be_switched_off(page: Page) -> None:
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("checkbox", name="keys").uncheck()

    page.keyboard.press("j")

    assert page.locator(".card.current").count() == 0


def test_overlapping_findings_are_shown_in_turn(browser: Browser, tmp_path: Path) -> None:
    report = report_of(at(0, 11), at(4, 7), articles=Given(document("a.txt", "Tea and two")))
    with opened(browser, save(report, tmp_path)) as page:
        mark = page.get_by_role("link", name="and", exact=True)

        mark.click()
        assert current(page) == "2"
        mark.click()
        assert current(page) == "1"


def test_a_mark_looks_like_the_first_of_its_findings_that_is_left(browser: Browser, tmp_path: Path) -> None:
    found = at(0, 11, rule="duplicates/caption"), at(4, 7, severity=Severity.ERROR)
    with opened(browser, save(report_of(*found, articles=Given(document("a.txt", "Tea and two"))), tmp_path)) as page:
        mark = page.get_by_role("link", name="and", exact=True)
        names = mark.evaluate("mark => getComputedStyle(mark).textDecorationStyle")

        page.get_by_role("button", name="Filter").click()
        page.get_by_role("checkbox", name="warning").check()

        assert names == "dotted"
        expect(mark).to_have_css("text-decoration-style", "solid")
        mark.click()
        assert current(page) == "1"


def test_a_link_leads_to_its_finding(browser: Browser, saved: Path, checked: Report) -> None:
    last = checked.findings[-1]
    with opened(browser, saved, f"#f-{last.fingerprint}") as page:
        assert last.message in page.locator(".card.current .message").inner_text()
        assert page.locator(".mark.current").evaluate(
            "mark => { const box = mark.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; }"
        )

        page.keyboard.press("k")
        assert page.evaluate("location.hash") == f"#f-{checked.findings[-2].fingerprint}"

        page.evaluate(f"location.hash = 'f-{checked.findings[0].fingerprint}'")
        expect(page.locator(".card.current .number")).to_have_text("1")


def test_tools_do_not_hide_what_is_looked_for(browser: Browser, saved: Path) -> None:
    seen = (
        "place => place.getBoundingClientRect().top >= document.querySelector('.tools').getBoundingClientRect().bottom"
    )
    with opened(browser, saved, viewport={"width": 1280, "height": 800}) as page:
        page.get_by_role("button", name="Filter").click()
        page.get_by_role("checkbox", name="duplicates").check()
        page.keyboard.press("j")
        page.locator(".card.current .see a").click()

        assert page.locator(":target").evaluate(seen)
        expect(page.locator(".card.current")).to_be_in_viewport()
        assert page.locator(".card.current").evaluate(seen)


def test_equal_fingerprints_have_links_of_their_own() -> None:
    names = ["ab", "ab", "ab 2", "ab-3", "ab", "ab"]
    report = report_of(*(at(place, place + 1, fingerprint=name) for place, name in enumerate(names)))

    ids = [one for one in Reader(rendered(report, "html")).ids if one.startswith("f-")]

    assert ids == ["f-ab", "f-ab-2", "f-ab-2-2", "f-ab-3", "f-ab-4", "f-ab-5"]


def test_a_phone_shows_the_finding_over_the_article(browser: Browser, saved: Path) -> None:
    with opened(browser, saved, viewport={"width": 390, "height": 844}) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("a.mark").first.click()

        sheet = page.locator(".card.current").bounding_box()
        assert sheet["x"] == 0
        assert round(sheet["y"] + sheet["height"]) == 844
        page.get_by_role("button", name="Close").click()
        assert page.locator(".card.current").count() == 0


def test_dark_mode_is_dark(browser: Browser, saved: Path) -> None:
    with opened(browser, saved, color_scheme="dark") as page:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 28)"


def test_without_scripts_everything_is_readable(browser: Browser, saved: Path) -> None:
    with opened(browser, saved, java_script_enabled=False) as page:
        assert page.locator("form").is_hidden()
        assert page.locator(".card:visible .where").count() == page.locator(".card").count() == 72
        assert page.locator(".why:not(.again)").first.is_visible()

        page.locator("a.mark").first.click()
        assert page.locator(".card:target .number").inner_text() == "1"


def test_paper_has_everything_but_the_tools(browser: Browser, saved: Path) -> None:
    with opened(browser, saved) as page:
        page.emulate_media(media="print")

        assert page.locator(".tools").is_hidden()
        assert page.locator(".card:visible .where").count() == 72
        assert page.locator("a.mark").first.evaluate("mark => getComputedStyle(mark, '::after').content !== 'none'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_barrier(browser: Browser, saved: Path, scheme: Any, width: int) -> None:
    size = {"width": width, "height": 900}
    with opened(browser, saved, color_scheme=scheme, viewport=size, bypass_csp=True) as page:
        page.get_by_role("button", name="Filter").click()
        page.keyboard.press("j")

        assert violations(page) == []


@pytest.mark.parametrize("report", [sample(), Report("1", {}), Report("1", {}, failures=[Failure("a", "gone")])])
def test_axe_finds_no_barrier_in_other_pages(browser: Browser, tmp_path: Path, report: Report) -> None:
    with opened(browser, save(report, tmp_path), bypass_csp=True) as page:
        assert violations(page) == []
