"""The notation of phrases, and the check that looks for them."""

import pickle
from pathlib import Path

import pytest

import audit
from audit.checks.phrases import Check
from audit.model import Block, Confidence, Document, Kind, Row, Sighting, Table
from audit.offsets import Offsets
from audit.phrases import keys
from audit.phrases.notation import ends, parse
from audit.phrases.wordings import read
from audit.text import folded

LISTS = {"site": "radio|news portal", "outlet": "radio|the news portal"}


def whole(notation, text):
    phrase = parse(notation, tuple(LISTS.items()))
    return len(text) in ends(phrase, text, 0, len(text))


@pytest.mark.parametrize(
    ("notation", "texts"),
    [
        ("bonus video", ["bonus video", "bonus - video"]),
        ("(read|see) also", ["read also", "see also"]),
        ("read also[: …]", ["read also → the mayor resigns", "read also | the mayor resigns"]),
        ("news{dash}sport", ["news > sport", "news › sport", "news • sport"]),
        ("[the] news of [the] day", ["the news of the day", "news of day", "news of the day"]),
        ("[read|see] more", ["more", "see more", "read more"]),
        ("read also[: …]", ["read also", "read also: the mayor resigns", "read also : x"]),
        ("sign up …", ["sign up for our letter", "sign up"]),
        ("comment*", ["comment", "comments", "commentary"]),
        ("by … of {outlet}", ["by friends of radio", "by all the friends of the news portal"]),
        ("{outlet}+", ["radio", "radio, radio and".removesuffix(" and"), "radio the news portal radio"]),
        (r"{number} comment\(s\)", ["7 comment(s)", "1.204 comment(s)"]),
        (
            "updated {date} {time}",
            ["updated 12.03.2024. 14:15", "updated: march 3, 2024 at 2".removesuffix(" at 2") + ", 14:15"],
        ),
        ("shared by {name}", ["shared by anna", "shared by radio sever, @radiosever"]),
        ("write to {email}", ["write to desk@example.org"]),
        ("kyiv{dash}{name}", ["kyiv - radio sever", "kyiv/radio"]),
        ("abo{plus} article", ["abo+ article"]),
        ("march {day}[,] [{year}] {time}", ["march 3, 14:15", "march 3, 2024 14:15", "march 3rd, 9 a.m"]),
        ("{date} {time}", ["11 dec 23, 08:55"]),
        ("分享", ["分享"]),
    ],
)
def test_notation_matches(notation, texts):
    assert [text for text in texts if not whole(notation, text)] == []


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        ("bonus video", "bonus videos"),
        ("read also: …", "read also the verdict"),
        ("[the] news", "then news"),
        ("by … of radio", "by all. the friends of radio"),
        ("{number} views", "views"),
        ("kyiv{dash}{name}", "kyiv radio"),
        ("abo{plus} article", "abo article"),
        ("{date}", "12 min 45"),
        ("{icon}{number}", "12"),
        ("shared by {name}", "shared by one two three four five six"),
    ],
)
def test_notation_does_not_match(notation, text):
    assert not whole(notation, text)


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        ("(read|see) also", "see also"),
        ("[the] news", "the news"),
        ("(the|a) (rest|text) of it", "a text of it"),
        ("in {outlet}", "in the news portal"),
        ("in [our] radio", "in radio"),
        ("{number} views", "12 views"),
        ("([more] news|a word)", "more news"),
        ("© …", "© 2024 radio"),
        ("相关新闻", "相关新闻"),
        ("up", "up"),
    ],
)
def test_a_phrase_is_found_by_its_first_letters(notation, text):
    assert not keys.heads(notation, tuple(LISTS.items())).isdisjoint(keys.keys(text, 0))


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("… (translated|translation) … (by|with) deepl …", {"deepl"}),
        ("… press ctrl …", {"press ctrl"}),
        ("… (read|see) also: …", {"read also", "see also"}),
        ("… (dw|bbc) {date}", {"20"}),
    ],
)
def test_every_text_of_a_phrase_holds_a_literal(notation, expected):
    assert set(keys.literals(parse(notation))) in (expected, {"translated", "translation"})


def table(*rows):
    return Table(
        "t.tsv",
        tuple(
            Row(dict(zip(("phrase", "language", "confidence", "place"), (*row, "")[:4], strict=True)), n)
            for n, row in enumerate(rows)
        ),
    )


def find(check, *blocks, target="en", kind=Kind.PARAGRAPH):
    text, spans = "\n\n".join(blocks), []
    for block in blocks:
        start = spans[-1].end + 2 if spans else 0
        spans.append(Block(start, start + len(block), kind))
    document = Document("a.txt", text, spans, Offsets.identity(len(text)), target_language=target)
    seen = [
        Sighting(literal, at, at + len(literal))
        for literal in check.literals
        for at in range(len(text))
        if document.once(folded).startswith(literal, at)
    ]
    if check.literals and not seen:
        return []
    hits = check.find(document, sorted(seen, key=lambda sighting: sighting.start))
    return [(text[hit.start : hit.end], hit.confidence, hit.safe) for hit in hits]


BODY = "The council met on Monday."


def test_a_block_of_several_phrases_is_one_leftover():
    check = Check(table(("share", "en", "low"), ("print", "en", "low")))

    assert find(check, BODY, "Share | Print", BODY) == [("Share | Print", Confidence.MEDIUM, False)]
    assert find(check, BODY, "Share", BODY) == [("Share", Confidence.LOW, False)]
    assert find(check, BODY, "Share and print it", BODY) == []


def test_wordings_of_other_languages_and_the_end_of_the_article_raise_confidence():
    check = Check(table(("oglas", "hr sr", "low")))

    assert find(check, BODY, "Oglas", BODY)[0][1] is Confidence.MEDIUM
    assert find(check, BODY, "Oglas", BODY, target="sr-Latn")[0][1] is Confidence.LOW
    assert find(check, BODY, "Oglas")[0][1] is Confidence.HIGH
    assert find(check, BODY, "Oglas", BODY, kind=Kind.HEADING)[0][1] is Confidence.LOW


def test_a_line_that_may_be_a_credit_is_surer_behind_a_paragraph_than_behind_a_caption():
    check = Check(table(("photo: radio", "en", "low", "alone")))
    paragraph = f"{BODY} It will meet again in May."

    assert find(check, paragraph, "Photo: Radio", BODY)[0][1] is Confidence.MEDIUM
    assert find(check, "The council on Monday", "Photo: Radio", BODY)[0][1] is Confidence.LOW
    assert find(check, BODY, "Photo: Radio", BODY)[0][1] is Confidence.LOW
    assert find(check, paragraph, "Photo: Radio", BODY, kind=Kind.CAPTION)[0][1] is Confidence.LOW


def test_a_credit_of_a_person_counts_in_articles_of_other_languages_only():
    check = Check(table(("foto: {name}", "de", "low", "foreign")))

    assert find(check, BODY, "Foto: Anna Muster")[0][1] is Confidence.HIGH
    assert find(check, BODY, "Foto: Anna Muster", target="de")[0][1] is Confidence.LOW


def test_a_number_behind_an_icon_is_a_counter():
    check = Check(table(("{icon}{number}", "", ""), ("{star}banned in …", "en", "")))

    assert find(check, BODY, "👁 2.4k", BODY) == [("👁 2.4k", Confidence.HIGH, True)]
    assert find(check, BODY, "2.4k", BODY) == []
    assert find(check, BODY, "* Banned in the country", BODY)[0][0] == "* Banned in the country"
    assert find(check, BODY, "Banned in the country", BODY) == []


def test_only_what_the_table_knows_wholly_is_removed_safely():
    check = Check(table(("read also[: …]", "en", "")))

    assert find(check, BODY, "► Read also:", BODY) == [("► Read also:", Confidence.HIGH, True)]
    assert find(check, BODY, "Read also: The mayor resigns", BODY) == [
        ("Read also: The mayor resigns", Confidence.HIGH, False)
    ]


def test_reported_speech_is_no_leftover():
    check = Check(table(("share the news …", "en", "")))

    assert find(check, BODY, "Share the news with all, she said.", BODY)[0][1] is Confidence.LOW


def test_what_begins_with_a_label_and_goes_on_is_a_headline():
    check = Check(table(("live ticker[: …]", "en", "")))

    assert find(check, "Live ticker: the match to read again", kind=Kind.HEADLINE)[0][1] is Confidence.LOW
    assert find(check, BODY, "Live ticker: the match to read again")[0][1] is Confidence.HIGH


def test_a_sentence_of_its_own_is_no_reported_speech_unless_it_stands_in_a_quotation():
    check = Check(table(("… follow us on {site} …", "en", "medium", "sentence")))
    appeal = "Follow us on radio.org."

    assert find(check, f"It is late, he said. {appeal} He left.")[0] == (appeal, Confidence.HIGH, False)
    assert find(check, f"He said: “It is late. {appeal} Come.”")[0][1] is Confidence.LOW
    assert find(check, "Follow us on radio.org, he said.")[0][1] is Confidence.LOW


def test_the_sentence_or_the_brackets_around_a_phrase_are_the_leftover():
    check = Check(table(("… translated … deepl …", "en", "")))

    assert find(check, "The vote is over. This was translated with DeepL. It was close.")[0][0] == (
        "This was translated with DeepL."
    )
    assert find(check, "The vote is over (translated by DeepL).")[0][0] == "(translated by DeepL)"


def test_leftovers_that_follow_each_other_are_one():
    check = Check(table(("… deepl …", "en", ""), ("… original is in …", "en", "")))

    assert [hit[0] for hit in find(check, BODY, "By DeepL. The original is in Czech.")] == [
        "By DeepL. The original is in Czech."
    ]


def test_a_phrase_at_the_end_must_be_set_off():
    check = Check(table(("… dw {date}", "", "")))

    assert [hit[0] for hit in find(check, "Station rebuilt - DW - 12.02.2023")] == [" - DW - 12.02.2023"]
    assert find(check, "Station rebuilt, says DW 12.02.2023") == []


def test_whole_blocks_and_parts_need_tables_of_their_own():
    with pytest.raises(ValueError, match="table of their own"):
        _ = Check(table(("share", "en", ""), ("… share …", "en", ""))).literals


def test_hostile_blocks_take_bounded_time():
    check = Check(
        table(("{site}+", "en", "")), Table("w.tsv", (Row({"name": "site", "language": "", "words": "a|a a"}, 1),))
    )

    assert find(check, "a " * 150, BODY) == []
    assert find(check, "x" * 100_000) == []


def test_a_check_pickles():
    check = Check(table(("read also[: …]", "en", "")))
    find(check, BODY, "Read also:")

    assert find(pickle.loads(pickle.dumps(check)), BODY, "Read also:", BODY) != []


PARAGRAPHS = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases/paragraphs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("language", sorted({language for language, _ in PARAGRAPHS}))
def test_paragraphs_that_open_as_notices_do_are_none(tmp_path, language):
    mine = [paragraph for of, paragraph in PARAGRAPHS if of == language]
    for number, paragraph in enumerate(mine):
        text = f"The first paragraph stands here.\n\n{paragraph}\n\nThe last one, too.\n"
        (tmp_path / f"{number:03}.txt").write_text(text, encoding="utf-8")
    report = audit.run([tmp_path], target_language=language, select=["boilerplate", "residue"])
    assert len(report.documents) == len(mine)
    assert [finding.text for finding in report.findings] == []


def test_an_open_wording_is_known_where_it_says_no_more_than_the_table():
    table = Table("t.tsv", tuple(Row({"phrase": "(to the top|send us …)[: …]", "language": "en"}, 1) for _ in "1"))
    (phrase,) = read(table, Table("w.tsv", ()))
    closed = [
        phrase.closed(text, 0, len(text), len(text)) for text in ("to the top", "send us a tip", "to the top: now")
    ]
    assert [one.known for one in closed] == [True, False, False]
