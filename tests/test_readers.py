"""What readers make of files: blocks and kinds in tables, places that hold the text they claim, and laws of any input."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import plugins
from audit.model import Directive, Document, Failure, File

READERS = ("text", "markdown", "html", "json", "jsonl")
ARTICLES = Path(__file__).parent / "articles"


def read(reader: str, text: str, named: bool = True, **fields: tuple[str, ...]) -> list[Document | Failure]:
    return list(plugins.load("readers", reader).read(File(f"a.{reader}", text, named, fields)))


def documents(reader: str, text: str, **fields: tuple[str, ...]) -> list[Document]:
    return [item for item in read(reader, text, **fields) if isinstance(item, Document)]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]


PROSE = "The council of the harbour town met on Monday to talk about the new ferry."
MORE = "It will meet again in May, when the budget for the coming year is known."
WRAPPED = "The council of the harbour town met on Monday\nto talk about the new ferry that goes to the\nisland."
LONG = f"{PROSE} {MORE}"

TABLE = {
    "text": [
        ("", []),
        (" \n\t\n", []),
        (PROSE, [("paragraph", PROSE)]),
        (f"  {PROSE} \r\n\r\n\f{MORE}", [("paragraph", PROSE), ("paragraph", MORE)]),
        (f"{PROSE}\r{MORE}\u2028x.", [("paragraph", PROSE), ("paragraph", MORE), ("paragraph", "x.")]),
        (f"Ferry delayed\n\n{PROSE}", [("headline", "Ferry delayed"), ("paragraph", PROSE)]),
        (f"Ferry delayed\n\n{PROSE}\n\n{MORE}", [("headline", "Ferry delayed"), ("lede", PROSE), ("paragraph", MORE)]),
        (
            f"Ferry delayed.\n\n{PROSE}\n\n{MORE}",
            [("paragraph", "Ferry delayed."), ("paragraph", PROSE), ("paragraph", MORE)],
        ),
        (
            f"Ferry delayed\n\n{PROSE}\n\n12 views 1 comment\nThe quay, Photo: AFP\nNo translator checked this.\n\n{MORE}",
            [
                ("headline", "Ferry delayed"),
                ("lede", PROSE),
                ("counter", "12 views 1 comment"),
                ("caption", "The quay, Photo: AFP"),
                ("paragraph", "No translator checked this."),
                ("paragraph", MORE),
            ],
        ),
        (
            f"Ferry delayed\nThe quay at noon\nThe quay, Photo: AFP\n\n{PROSE}",
            [
                ("headline", "Ferry delayed"),
                ("caption", "The quay at noon"),
                ("caption", "The quay, Photo: AFP"),
                ("paragraph", PROSE),
            ],
        ),
        (WRAPPED, [("paragraph", WRAPPED)]),
        (f"{WRAPPED}\n\n{WRAPPED}", [("paragraph", WRAPPED), ("paragraph", WRAPPED)]),
        (
            "Bread\nButter\nMilk and honey.",
            [("headline", "Bread"), ("paragraph", "Butter"), ("paragraph", "Milk and honey.")],
        ),
        (f"{PROSE}\n\nBonus video:", [("paragraph", PROSE), ("paragraph", "Bonus video:")]),
    ],
    "markdown": [
        (f"# Ferry *delayed* #\n\n{PROSE}", [("headline", "Ferry delayed"), ("paragraph", PROSE)]),
        ("Ferry\n===\n\nMay\n---\n\nx", [("headline", "Ferry"), ("heading", "May"), ("paragraph", "x")]),
        (f"---\ntitle: Ferry delayed\nlang: en\n---\n{PROSE}", [("headline", "Ferry delayed"), ("paragraph", PROSE)]),
        (f"---\ntitle: A\n---\n# A\n{PROSE}", [("headline", "A"), ("paragraph", PROSE)]),
        ("a **b _c_** d_e_f 2 * 3 * 4 ~~g~~", [("paragraph", "a b c d_e_f 2 * 3 * 4 g")]),
        ("a [b](http://c.d/e_(f) 'g') <http://h.i> [j][k]\n\n[k]: l", [("paragraph", "a b http://h.i j")]),
        ("a `b *c* <d>` \\*e\\* &amp; &copy f", [("paragraph", "a b *c* <d> *e* & &copy f")]),
        ("![a *b*](c 'The d')\n*The e*", [("caption", "The e"), ("alt", "a b"), ("caption", "The d")]),
        ("> a\n> b\n\n- c\n  d\n- e\n\n1. f", [("quote", "a\nb"), ("item", "c\nd"), ("item", "e"), ("item", "f")]),
        (
            "| a | b |\n|---|:-:|\n| c | d |\n\ne",
            [("cell", "a"), ("cell", "b"), ("cell", "c"), ("cell", "d"), ("paragraph", "e")],
        ),
        ("a\n\n    code\n\n```\ncode\n```\n***\nb", [("paragraph", "a"), ("paragraph", "b")]),
        ("```\ncode\n```\n\nb", [("paragraph", "b")]),
        ("```python\ncode\n```", []),
        (
            "```markdown\n# A\n\nb\n```\n",
            [("paragraph", "```markdown"), ("headline", "A"), ("paragraph", "b"), ("paragraph", "```")],
        ),
        ("a\n\n```\nb", [("paragraph", "a"), ("paragraph", "```"), ("paragraph", "b")]),
        ("a\n\n~~~js\nb", [("paragraph", "a")]),
        ("a<br>b<!-- c\nd --> <b>e</b>", [("paragraph", "a\nb e")]),
        ("<div>\n<p>a</p>\n\n*b*\n\n</div>", [("paragraph", "a"), ("paragraph", "b")]),
        ("a[^1]\n\n[^1]: b", [("paragraph", "a"), ("paragraph", "b")]),
    ],
    "html": [
        (f"<h1>Ferry</h1><p>{PROSE}<p>{MORE}", [("headline", "Ferry"), ("lede", PROSE), ("paragraph", MORE)]),
        ("<P>a  b\n c&nbsp;d &lt;e&gt; &AMP f < g</P>", [("paragraph", "a b c\xa0d <e> & f < g")]),
        ("<p>Kie<b>v</b></p>", [("paragraph", "Kiev")]),
        ("a<br>b<br> <br/>c", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("<ul><li>a<li>b</ul><blockquote><p>c</p></blockquote>", [("item", "a"), ("item", "b"), ("quote", "c")]),
        (
            "<figure><img src=x alt='a &amp; b'><figcaption>c</figcaption></figure>",
            [("alt", "a & b"), ("caption", "c")],
        ),
        ("<table><tr><td>a<td>b</table>", [("cell", "a"), ("cell", "b")]),
        ("<p>a</p><nav>b</nav><script>c</p></script><style>d</style><form>e</form>", [("paragraph", "a")]),
        ("<p>a <nav> b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<p hidden>a</p><p style='display: none'>b</p><p aria-hidden=true>c</p>d", [("paragraph", "d")]),
        ("<p class='x hidden y'>a</p>", [("paragraph", "a")]),
        ("<p title='a > b' data-x=\"<p>c</p>\">d", [("paragraph", "d")]),
        ("<!-- a --><p>b<!-- c > d -->e<![CDATA[f]]>g", [("paragraph", "befg")]),
        ("<p class='article__lead'>a</p><p class=byline>b</p>", [("lede", "a"), ("byline", "b")]),
        (
            "<!doctype html><title>Ferry | The Quay</title><header><h1>The Quay</h1></header><p>a",
            [("headline", "Ferry"), ("paragraph", "a")],
        ),
        (
            "<html><body><h1>A</h1>x<article><h2>short</h2></article><article><p>a b c d e f g h i</article><footer>y",
            [("headline", "A"), ("paragraph", "a b c d e f g h i")],
        ),
        ("<body><div role=main><h1>A</h1><p>b</div><p>c", [("headline", "A"), ("paragraph", "b")]),
        ("<body><form><h1>A</h1><p>b</form>", [("headline", "A"), ("paragraph", "b")]),
    ],
    "json": [
        (json.dumps({"body": "b\n\nc", "title": "a"}), [("headline", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        (
            json.dumps({"title": "a", "lede": "b", "caption": ["c", "c"], "body": ["d", "e"]}),
            [
                *[("headline", "a"), ("lede", "b"), ("caption", "c"), ("caption", "c")],
                *[("paragraph", "d"), ("paragraph", "e")],
            ],
        ),
        (
            json.dumps({"title": {"rendered": "a &amp; b"}, "content": {"rendered": "<p>c <b>d</b></p>"}}),
            [("headline", "a & b"), ("paragraph", "c d")],
        ),
        (json.dumps({"title": "a &amp; b", "body": "c"}), [("headline", "a &amp; b"), ("paragraph", "c")]),
        (
            json.dumps({"@graph": [{"@type": "NewsArticle", "headline": "a", "articleBody": "b"}]}),
            [("headline", "a"), ("paragraph", "b")],
        ),
        (
            json.dumps(
                {
                    "headlines": {"basic": "a"},
                    "content_elements": [
                        {"type": "text", "content": "b"},
                        {"type": "header", "content": "c"},
                        {"type": "image", "caption": "d", "alt": "e"},
                    ],
                }
            ),
            [("headline", "a"), ("paragraph", "b"), ("heading", "c"), ("alt", "e"), ("caption", "d")],
        ),
        (json.dumps({"title": "a"}), [("headline", "a")]),
        (json.dumps({"body": ""}), []),
    ],
    "jsonl": [(json.dumps({"text": f"{PROSE}\n{MORE}"}), [("paragraph", PROSE), ("paragraph", MORE)])],
}


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [(reader, text, expected) for reader, cases in TABLE.items() for text, expected in cases],
)
def test_a_file_gives_its_blocks(reader: str, text: str, expected: list[tuple[str, str]]) -> None:
    (document,) = documents(reader, text)

    assert blocks(document) == expected


SHAPES = {
    "caption": [
        "Soldiers of both sides after the exchange, Photo: REUTERS",
        "The harbour at noon (Foto: Petar Petrović)",
        "Photo: Beta/AP",
        "Foto: dpa",
        "Photo by Jane Doe",
        "Image: Jane Doe",
        "© Jane Doe / Getty Images",
        "Порт у полудень. Фото: Укрінформ",
        "Лука у подне (Фото: Танјуг)",
        "Le port à midi. Crédit photo : AFP",
        "Zdj. Jan Kowalski",
        "The harbour at noon. REUTERS/Jane Doe",
        "The harbour at noon (AP Photo/Jane Doe)",
        "The harbour at noon (file photo)",
        "Image source, Getty Images",
        "The harbour after the storm (ANSA)",
        "Порт после шторма (архив)",
        "The harbour at noon. EFE/Ana Ruiz",
        "The harbour at noon, Foto/HINA",
    ],
    "counter": [
        "5616 views 7 comment(s)",
        "12 comments",
        "3 min read",
        "5.616 pregleda 7 komentar(a)".replace("(a)", "a"),
        "Просмотров: 1 204".replace("Просмотров: 1 204", "1 204 просмотра"),
        "12 Kommentare",
        "4 min de lecture",
        "Lesezeit: 3 Min.",
        "Views: 5,616 | Comments: 7",
        "1,2K просмотров · 14 комментариев",
    ],
    "byline": [
        "By Jane Doe",
        "By Jane Doe and John Roe, Reuters",
        "Author: Jane Doe",
        "Von Erika Muster",
        "Autor: Jan Kowalski",
        "Автор: Олена Коваль",
        "12 June 2025",
        "12.06.2025. 14:30",
        "Published: June 12, 2025",
        "12 июня 2025, 14:30",
    ],
    "paragraph": [
        "The photo shows a bridge that was destroyed in the first days.",
        "He sent a picture of the bridge: it was gone.",
        "The harbour was closed. The quay, too (ANSA)",
        "The harbour was closed, the mayor told the agency (dpa).",
        "Tests of the alpha/beta/gamma kind were made",
        "Views of the harbour differ, said the mayor",
        "In 2025 the council saw 12 comments on the plan, and none was kind.",
        "By the end of the year the bridge will be open.",
        "By Christmas",
        "© 2025 The Quay. All rights reserved",
        "Photo gallery:",
        "The Bild newspaper wrote of a deal.",
        "In June 2025 the war went on",
    ],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in SHAPES.items() for line in lines])
def test_a_line_has_its_kind_by_its_shape(kind: str, line: str) -> None:
    (document,) = documents("text", f"{LONG}\n\n{line}\n\n{LONG}")

    assert blocks(document)[1] == (kind, line)


PLACES = [
    ("text", "In\r\n\r\nKiev"),
    ("markdown", "---\ntitle: 'To Kiev'\n---\nx"),
    ("markdown", "a *b* [Kiev](c)"),
    ("markdown", "> a\n> b ![Kiev](c)"),
    ("html", "<p>a &amp; &nbsp; Kiev"),
    ("html", '<p>a<img title="Kie" alt="in Kiev">'),
    ("json", '{"title": "\\u00e9\\n\\ud83d\\ude00 Kiev"}'),
    ("json", '{"body": "<p class=\\"x\\">\\u00e9 &amp; in Kiev<\\/p>"}'),
    ("jsonl", '{"body": "a"}\n\n{"body": "\\t\\"Kiev"}'),
]


@pytest.mark.parametrize(("reader", "text"), PLACES)
def test_words_are_placed_where_they_stand(reader: str, text: str) -> None:
    document = documents(reader, text)[-1]
    start = document.text.index("Kiev")

    place = document.offsets.place(start, start + 4)

    assert place.exact
    assert text[place.start : place.end] == "Kiev"
    assert place.start == text.index("Kiev")


@pytest.mark.parametrize(
    ("reader", "text", "written"),
    [
        ("html", "<p>Kie<b>v</b></p>", "Kie<b>v"),
        ("html", "<p>Ki&#101;v", "Ki&#101;v"),
        ("json", '{"body": "Ki\\u0065v"}', "Ki\\u0065v"),
        ("json", '{"body": "<p>Ki\\u0026#101;v<\\/p>"}', "Ki\\u0026#101;v"),
        ("markdown", "Kie**v**", "Kie**v"),
    ],
)
def test_words_behind_marks_are_placed_around_them(reader: str, text: str, written: str) -> None:
    (document,) = documents(reader, text)
    start = document.text.index("Kiev")

    place = document.offsets.place(start, start + 4)

    assert not place.exact
    assert text[place.start : place.end] == written


def test_languages_and_metadata_are_read() -> None:
    (page,) = documents("html", "<html lang=en_GB><p>a<p lang=fr>b")
    (front,) = documents("markdown", "---\nlang: no\nsource_language: sr\ntags: [a, b]\n---\nx")
    (record,) = documents("json", '{"body": "a", "inLanguage": "pt-BR", "id": "7"}')

    assert (page.target_language, [block.language for block in page.blocks]) == ("en-GB", [None, "fr"])
    assert (front.target_language, front.source_language, front.metadata["tags"]) == ("no", "sr", ["a", "b"])
    assert (record.target_language, record.metadata) == ("pt-BR", {"id": "7"})


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("html", "<p>a</p><!-- audit: ignore names/x film --><p>b</p>"),
        ("markdown", "a\n\n<!-- audit: ignore names/x film -->\n\nb"),
        ("json", '{"body": "<p>a</p><!-- audit: ignore names/x film --><p>b</p>"}'),
    ],
)
def test_comments_to_the_tool_are_kept_with_their_place(reader: str, text: str) -> None:
    (document,) = documents(reader, text)

    assert list(document.directives) == [
        Directive(document.blocks[0].end, "audit: ignore names/x film", text.index("<!--"))
    ]


def test_fields_can_be_named_otherwise() -> None:
    (document,) = documents(
        "json", '{"naslov": "a", "tekst": {"html": "b"}}', headline=("naslov",), body=("tekst.html",)
    )

    assert blocks(document) == [("headline", "a"), ("paragraph", "b")]


def test_a_list_of_articles_has_a_record_each() -> None:
    found = documents("json", '[{"body": "a"}, {"x": 1}, {"body": "b"}]')

    assert [(document.record, document.text) for document in found] == [(1, "a"), (3, "b")]


def test_json_without_article_is_passed_over_unless_named() -> None:
    assert read("json", '{"name": "x", "description": "y"}', named=False) == []
    assert isinstance(read("json", '{"name": "x"}')[0], Failure)
    assert read("jsonl", '{"x": 1}\n', named=False) == []


def test_a_broken_line_fails_alone() -> None:
    first, broken, last = read("jsonl", '{"body": "a"}\n\n{"body": \n{"body": "b"}')

    assert isinstance(first, Document)
    assert isinstance(broken, Failure)
    assert (broken.line, broken.record) == (3, 2)
    assert isinstance(last, Document)
    assert last.record == 3


@pytest.mark.parametrize(
    ("reader", "text", "line"),
    [
        ("json", '{\n"a": 1,\nb}', 3),
        ("json", "[" * 200_000, 1),
        ("json", '[{"body": "a"}]x', 1),
        ("markdown", "---\na: b\nc: d: e\n---\nBody", 3),
    ],
)
def test_broken_files_fail_with_their_line(reader: str, text: str, line: int) -> None:
    failure = read(reader, text)[0]

    assert isinstance(failure, Failure)
    assert failure.line == line


def test_the_body_behind_broken_front_matter_is_read() -> None:
    (document,) = documents("markdown", "---\na: b: c\n---\nBody")

    assert blocks(document) == [("paragraph", "Body")]


HOSTILE = {
    "text": ["a\n\n" * 100_000, "a" * 1_000_000, "Photo: a\n" * 50_000, " " * 1_000_000],
    "markdown": [
        "*a " * 100_000,
        "[" * 100_000,
        "![a](" * 50_000,
        "`" * 50_000,
        "`a``" * 30_000,
        "> " * 50_000,
        "![a" * 50_000 + "](b)" * 50_000,
        "< " * 100_000,
        "<a='" * 30_000,
        "- " * 50_000,
        "a|" * 50_000,
        " " * 300_000 + "a",
        "_*" * 100_000,
    ],
    "html": [
        "<div>" * 100_000 + "a",
        "<a ='\"'" * 30_000,
        "<p" * 100_000,
        "<!--" * 100_000,
        "<script>" * 50_000,
        "<nav>" * 100_000,
        "&" * 300_000,
        "<p hidden>" * 50_000,
        " " * 1_000_000,
        "<br>" * 100_000,
        "<img alt=a>" * 50_000,
        "<article>" * 50_000 + "<html>",
        "<b hidden>a</b>" * 20_000,
    ],
    "json": [
        '{"a":' * 50_000,
        '{"body": "' + "\\n" * 200_000 + '"}',
        "[" * 900 + "]" * 900,
        '{"body": ' + "[" * 500 + '"a"' + "]" * 500 + "}",
    ],
    "jsonl": ["{\n" * 50_000, '{"body": "a"}\n' * 10_000],
}


@pytest.mark.parametrize(
    ("reader", "text"),
    [(reader, text) for reader, texts in HOSTILE.items() for text in texts],
    ids=lambda value: value[:12],
)
def test_hostile_files_are_read_in_bounded_time(reader: str, text: str) -> None:
    for document in read(reader, text):
        if isinstance(document, Document):
            assert_lawful(document, text)


def assert_lawful(document: Document, file_text: str) -> None:
    """Assert what holds for every document: pieces tile the text and hold what they say, blocks are clean spans of it."""
    position = 0
    for piece in document.offsets.pieces:
        assert piece.start == position
        assert 0 <= piece.file_start <= piece.file_end <= len(file_text)
        if piece.verbatim:
            assert document.text[piece.start : piece.end] == file_text[piece.file_start : piece.file_end]
        position = piece.end
    assert position == len(document.text)
    position = 0
    for block in document.blocks:
        assert position <= block.start < block.end <= len(document.text)
        assert not document.text[position : block.start].strip()
        assert not document.text[block.start].isspace()
        assert not document.text[block.end - 1].isspace()
        position = block.end
    assert not document.text[position:].strip()


MARKS = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\u2028",
            "\f",
            " ",
            "    ",
            "\t",
            "\xa0",
            "\u200b",
            "\x00",
            "\ud83d",
            "\udc00",
            "😀",
        ),
        *("Kiev", "Photo: REUTERS", "12 views", "By Jane Doe", PROSE, "İ", "ß"),
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b",
            "<",
            ">",
            "&",
            "&amp;",
            "&nbsp",
            "&#0;",
            "&#x1F600;",
            "&notit;",
            "<br>",
            "<li>",
            "<td>",
        ),
        *(
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<script>",
            "</script>",
            "<nav>",
            "</nav>",
            "<article>",
            "</article>",
            "<h1>",
        ),
        *(
            "<img alt='a &lt; b'>",
            "<p hidden>",
            "<html lang=en>",
            "<body>",
            "<title>",
            "</title>",
            "<blockquote>",
            "<div class=caption>",
        ),
        *(
            "---\n",
            "# ",
            "> ",
            "- ",
            "1. ",
            "```",
            "~~~",
            "`",
            "*",
            "**",
            "_",
            "[",
            "](",
            ")",
            "![",
            "\\",
            "|",
            "|---|---|",
            "===",
            "[a]: b",
        ),
        *("title: ", "lang: en", "'", '"', "{", "}", ",", '{"body": "', '"}', "\\n", "\\ud83d", "\\u00e9"),
    ]
)
SOUP = st.one_of(st.lists(MARKS, max_size=25).map("".join), st.text(max_size=80))


@pytest.mark.parametrize("reader", READERS)
@given(text=SOUP)
@settings(max_examples=150, deadline=None)
def test_any_input_gives_lawful_documents_or_failures(reader: str, text: str) -> None:
    for document in read(reader, text):
        if isinstance(document, Document):
            assert_lawful(document, text)


@pytest.mark.parametrize("ascii", [True, False])
@given(title=SOUP, body=st.one_of(SOUP, st.lists(SOUP, max_size=3)))
@settings(max_examples=100, deadline=None)
def test_any_strings_in_json_give_lawful_documents(ascii: bool, title: str, body: str | list[str]) -> None:
    text = json.dumps([{"title": title, "body": body}], ensure_ascii=ascii)

    for document in documents("json", text):
        assert_lawful(document, text)


@pytest.mark.parametrize("path", sorted(ARTICLES.iterdir()), ids=lambda path: path.name)
def test_the_example_articles_are_read_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    reader = plugins.by_suffix("readers")[path.suffix]

    found = read(reader, text)

    assert found
    for document in found:
        assert isinstance(document, Document)
        assert_lawful(document, text)
        kinds = [str(block.kind) for block in document.blocks]
        assert kinds.count("headline") == 1
        assert {"lede", "caption", "counter", "paragraph"} <= set(kinds)
