"""Every fix of every rule, in every format: the rule is silent there, the article says what it should, the file is whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import plugins
from audit.model import Document, Edit, File
from audit.text import removal
from audit.writing.edits import file_edit
from fixing import FORMATS, documents, mend, rules_with_fixes, steps, words


def paragraphs(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"\n+", text) if one.strip()]


LEAST = {
    "html with texts of pictures": 0.5,
    "front matter": 0.5,
}  # of all examples have a fix there, too; a picture's text is not taken out
MANY = 0.8  # elsewhere: what is wrong may reach over marks


@pytest.mark.parametrize("name", FORMATS)
def test_every_fix_of_every_rule(name: str) -> None:
    kind = FORMATS[name]
    offered = 0
    for rule, example in rules_with_fixes():
        path, text = f"a{kind.suffix}", kind.write(paragraphs(example.text))
        whole = kind.look(text)
        for step in steps(path, text, rule, example):
            assert kind.look(step.text) == whole, (rule.id, step)
            read = [words(one.text) for one in documents(path, step.text, rule, example)]
            assert read == step.expected, (rule.id, step)
        found, mended = mend(path, text.encode(), rule, example)
        offered += any(finding.fix for finding in found.findings)
        assert not mended.refused, (rule.id, text)
        assert not [finding for finding in mended.report.findings if finding.fix], (rule.id, text, mended.text)
        assert kind.look(mended.text) == whole, (rule.id, mended.text)
    assert offered >= LEAST.get(name, MANY) * len(rules_with_fixes())


def fixed(path: str, text: str, edit: Edit) -> tuple[str | None, Document]:
    """Return a file after an edit of its article's text, None if it cannot be made there, and the article before."""
    document = next(iter(plugins.load("readers", plugins.reader_of(path)).read(File(path, text, True))))
    assert isinstance(document, Document)
    placed = file_edit(document, text, edit)
    return placed and text[: placed.start] + placed.text + text[placed.end :], document


ODD = st.text(st.sampled_from("ab 1.<>&\"'\\*_`[]()#|~-+=!{}:;,%@$é—“”’\u00a0\x7f😀/"), max_size=12)
WORDS = st.lists(
    st.sampled_from(["The", "bridge", "of", "R&D", "3 < 4", "“so”", "*a*", "\\", "it's", '"x"', "é"]), min_size=2
)


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=3), ODD, st.data())
@settings(deadline=None, max_examples=150)
def test_any_new_text_is_read_again_as_it_was_meant(
    name: str, before: list[str], new: str, data: st.DataObject
) -> None:
    kind = FORMATS[name]
    path, text = f"a{kind.suffix}", kind.write(before)
    document = next(iter(plugins.load("readers", plugins.reader_of(path)).read(File(path, text, True))))
    block = data.draw(st.sampled_from(document.blocks))
    start = data.draw(st.integers(block.start, block.end))
    edit = Edit(start, data.draw(st.integers(start, block.end)), new)

    after, document = fixed(path, text, edit)

    if after is not None:
        meant = document.text[: edit.start] + edit.text + document.text[edit.end :]
        read = next(iter(plugins.load("readers", plugins.reader_of(path)).read(File(path, after, True))))
        assert isinstance(read, Document), after
        assert words(read.text) == words(meant), after
        assert kind.look(after) == kind.look(text)


def test_the_new_text_is_written_as_its_place_asks() -> None:
    rows = [
        ("a.html", "<p>Say A now</p>", 'R&D <"x">', '<p>Say R&amp;D &lt;"x"&gt; now</p>'),
        ("a.html", '<p>x</p><img alt="A">', '"Q" & R', '<p>x</p><img alt="&#34;Q&#34; &amp; R">'),
        ("a.html", "<p>x</p><img alt='A'>", "it's", "<p>x</p><img alt='it&#39;s'>"),
        ("a.html", "<p>x</p><img alt=A>", "two words", None),
        ("a.html", "<p>Fish &amp;A</p>", "lt;", "<p>Fish &amp;lt;</p>"),
        ("a.html", "<p>Fish & A</p>", "lt;", "<p>Fish & lt;</p>"),
        ("a.html", "<p>Fish &A</p>", "lt;", None),
        ("a.json", '{"body": "Say A now"}', '"Q" \\ \n', '{"body": "Say \\"Q\\" \\\\ \\n now"}'),
        ("a.json", '{"body": "<p>Say A now<\\/p>"}', '"Q" & R', '{"body": "<p>Say \\"Q\\" &amp; R now<\\/p>"}'),
        (
            "a.json",
            '{"id": "\\u2014", "body": "Say A now"}',
            "“Q”",
            '{"id": "\\u2014", "body": "Say \\u201cQ\\u201d now"}',
        ),
        ("a.json", '{"body": "Say A now"}', "“Q”", '{"body": "Say “Q” now"}'),
        ("a.json", '{"body": "Say A now"}', "1 < 2 & 3", '{"body": "Say 1 < 2 & 3 now"}'),
        ("a.json", '{"body": "Say A now"}', "<b>", None),
        ("a.json", '{"body": "Say <A now"}', "2", '{"body": "Say <2 now"}'),
        ("a.json", '{"body": "1 <A 2"}', "a>", None),
        ("a.md", "Say A now", "*Q* [r] <b> &amp; s_t", "Say \\*Q\\* \\[r\\] \\<b> &amp;amp; s_t now"),
        ("a.md", "A won", "1. It", None),
        ("a.md", "---\ntitle: 'Say A now'\n---\nText", "it's", "---\ntitle: 'Say it''s now'\n---\nText"),
        ("a.md", '---\ntitle: "Say A now"\n---\nText', '"Q"', '---\ntitle: "Say \\"Q\\" now"\n---\nText'),
        ("a.md", "---\ntitle: Say A now\n---\nText", "yes: it", None),
        ("a.txt", "Say A\r\nnow\r\n", "Q\nR", "Say Q\r\nR\r\nnow\r\n"),
    ]
    for path, text, new, expected in rows:
        document = fixed(path, text, Edit(0, 0, ""))[1]
        start = document.text.index("A")
        assert fixed(path, text, Edit(start, start + 1, new))[0] == expected, (text, new)


def test_a_block_goes_with_what_it_leaves_empty() -> None:
    rows = [
        ("a.html", "<div>\n  <p>B</p>\n  <p><b>A</b> A</p>\n</div>", "<div>\n  <p>B</p>\n</div>"),
        ("a.html", "<p>B</p><ul>\n<li>A A</li>\n</ul><p>C</p>", "<p>B</p><p>C</p>"),
        (
            "a.html",
            "<p>B</p><figure><img src=x><figcaption>A A</figcaption></figure>",
            "<p>B</p><figure><img src=x></figure>",
        ),
        ("a.html", "<p>B</p><p>A <img src=x> A</p>", None),
        ("a.html", "<p>B</p><table><tr><td>A A</td></tr></table>", None),
        ("a.html", "<p>B<p>A A<p>C", None),
        ("a.html", "B<br><br>\nA A<br>\n<br>C", "B<br>\n<br>C"),
        ("a.html", "A A<br><br>C", "C"),
        ("a.html", "<p>A A</p>", None),
        ("a.json", '{"body": ["B", "A A", "C"]}', '{"body": ["B", "C"]}'),
        ("a.json", '{"body": [\n  "A A",\n  "C"\n]}', '{"body": [\n  "C"\n]}'),
        ("a.json", '{"body": ["<p>B</p>", "<p>A A</p>"]}', '{"body": ["<p>B</p>"]}'),
        ("a.json", '{"body": ["A A"]}', None),
        ("a.json", '{"caption": "A A", "body": "B"}', None),
        ("a.json", '{"title": "T", "body": "A A\\n\\nB"}', '{"title": "T", "body": "B"}'),
        ("a.json", '{"body": "<p>\\"B\\"</p>\\n<p>A A</p>\\n"}', '{"body": "<p>\\"B\\"</p>\\n"}'),
        ("a.md", "B\n\n*A A*\n\nC\n", "B\n\nC\n"),
        ("a.md", "B\n\n- A A\n- C\n", "B\n\n- C\n"),
        ("a.md", "- B\n- A A\n- C\n", "- B\n- C\n"),
        ("a.md", "B\n\n> A A\n\n## C ##\n", "B\n\n## C ##\n"),
        ("a.md", "B\n\nA A\n===\n\nC\n", None),
        ("a.md", "B\n# A A\nC\n", None),
        ("a.md", "---\ntitle: A A\n---\nB\n", None),
        ("a.md", "B\n\n![A A](x.jpg)\n", None),
    ]
    for path, text, expected in rows:
        document = fixed(path, text, Edit(0, 0, ""))[1]
        index = next(index for index, block in enumerate(document.blocks) if document.text[block.start] == "A")
        assert fixed(path, text, removal(document, index))[0] == expected, text
