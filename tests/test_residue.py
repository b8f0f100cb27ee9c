"""What models leave: their marks, labels and talk, and texts that are about such things."""

import pytest

from audit.engine import Engine
from audit.model import Document, File
from audit.packs import builtin
from audit.readers import text as reader

BODY = "The bridge was closed at noon on Monday.\n\nIt will open again in May, the mayor said."


def found(text: str) -> list[str]:
    (read,) = reader.read(File("a", text, named=True))
    assert isinstance(read, Document)
    read.target_language = "en"
    return [read.text[hit.start : hit.end] for _, hit in Engine(builtin("residue").rules).find(read).hits]


@pytest.mark.parametrize(
    "talk",
    [
        "[Translation]",
        "## Translated text",
        "Sure! Here's a polished version of the text:",
        "Here is the German translation of the article:",
        "Let me know if you would like any changes.",
        "Could you please provide more context?",
        "I'm unable to help with that request.",
        "As an AI language model, I have no opinions.",
        "Lass mich wissen, ob ich noch etwas ändern soll.",
        "N'hésitez pas à me demander des précisions.",
        "Lo siento, pero no puedo traducir este texto.",
        "К сожалению, я не могу перевести этот текст.",
    ],
)
def test_talk_is_found_as_a_whole(talk: str) -> None:
    assert found(f"{BODY}\n\n{talk}") == [talk]


@pytest.mark.parametrize(
    "line",
    [
        "“I'm sorry, but I can't help you,” she told him.",
        "Let me know, he said, if the rain stops.",
        "Would you like me to sing? asks the poet.",
        "The translation is by Anna Muster.",
        "Unfortunately I cannot see the sea from here.",
        "Here is the news.",
        "Please give me more time.",
        "I am not able to forgive them.",
    ],
)
def test_people_may_talk(line: str) -> None:
    assert found(f"{BODY}\n\n{line}") == []


@pytest.mark.parametrize("escaped", ["&quot;", "&#39;", "&#x27;", "&amp;quot;", "&nbsp;", "&eacute;"])
def test_entities_are_found_whole(escaped: str) -> None:
    assert found(f"The bridge {escaped} was closed.") == [escaped]


@pytest.mark.parametrize("text", ["R&D; and more", "a && b", "&#0;", "&nothing;", "HTML writes &lt;br&gt; so."])
def test_what_is_no_entity_or_meant_stays(text: str) -> None:
    assert found(f"The note says {text}") == []
