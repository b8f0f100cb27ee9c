"""Turn records of named fields, such as a newsroom's JSON, into documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from audit.model import Block, Document, File, Form, Kind
from audit.offsets import Offsets, Piece
from audit.reading import directives, prose, shapes
from audit.reading.compose import Composer, Passage, join
from audit.reading.jsonvalues import Text, Value
from audit.reading.page import language_tag, read_fragment

# The names of the article's fields by their role, the first that holds text counts (of captions: all). A dot leads
# into a field of a field. Excerpts and search-engine descriptions of a body come last: they repeat its first words.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "headline": ("title", "headline", "headlines.basic"),
        "lede": (
            *("lede", "lead", "standfirst", "subtitle", "subheadline", "subheadlines.basic", "dek", "deck", "intro"),
            *("perex", "description", "description_text", "summary"),
        ),
        "caption": (
            *("caption", "captions", "image_caption", "imageCaption", "photo_caption", "image.caption"),
            *("images.caption", "photo.caption", "photos.caption", "media.caption", "figure.caption"),
            "promo_items.basic.caption",
        ),
        "body": (
            *("body", "articleBody", "body_html", "body_text", "content_html", "content_text", "content", "text"),
            *("content_elements", "blocks", "paragraphs", "article_text", "articleText", "full_text", "fulltext"),
        ),
        "target-language": ("language", "lang", "inLanguage", "target_language", "targetLanguage", "locale"),
        "source-language": (
            *("source_language", "sourceLanguage", "original_language", "originalLanguage", "translated_from"),
        ),
    }
)
_INNER = (
    *("rendered", "text", "content", "html", "value", "basic", "body", "data", "paragraphs", "blocks", "items"),
    "#text",
)
_KINDS = {
    **dict.fromkeys(("heading", "header", "subheading", "subhead", "h2", "h3", "title"), Kind.HEADING),
    **dict.fromkeys(("quote", "blockquote", "pullquote", "pull_quote"), Kind.QUOTE),
    **dict.fromkeys(("list", "list_item", "listitem", "item", "ul", "ol"), Kind.ITEM),
}
_MARKUP = re.compile(
    r"<(?:/?(?:p|br|div|h[1-6]|a|b|i|u|em|strong|span|ul|ol|li|figure|figcaption|img|blockquote|section|article|table"
    r"|html|body|sup|sub)(?=[\s/>])|!--|!doctype)",
    re.IGNORECASE,
)
_OF_ANYTHING = ("description", "description_text", "summary")  # schemas and manifests have these too
_JSON = (Form.JSON,)
_DEEPEST = 12  # levels of lists and wrappers in which articles and paragraphs are looked for


def articles(file: File, value: Value) -> list[dict[str, Value]]:
    """Return the records in `value` that hold an article; of a file that the user named, also one with any field.

    A record holds an article if it has a body, or a headline with a lede or caption. What lies deeper in a value needs
    a headline too, because settings and translations of programs have a “text” here and there.
    """
    fields = fields_of(file)
    found = list(_articles(value, fields, 0))
    if not found and file.named and isinstance(value, dict):
        roles = (names for role, names in fields.items() if not role.endswith("language"))
        return [value] if any(_first(value, names) for names in roles) else []
    return found


def no_article(file: File) -> str:
    """Return what to tell of a file without an article."""
    names = ", ".join(fields_of(file)["body"])
    return f"holds no article: none of its fields is one of {names}"


def _articles(value: Value, fields: Mapping[str, Sequence[str]], depth: int) -> Iterator[dict[str, Value]]:
    if isinstance(value, dict):
        if _is_article(value, fields, depth > 1):
            yield value
            return
        inner: Iterable[Value] = value.values()
    elif isinstance(value, list):
        inner = value
    else:
        return
    if depth < _DEEPEST:
        for member in inner:
            if isinstance(member, dict | list):
                yield from _articles(member, fields, depth + 1)


def _is_article(record: dict[str, Value], fields: Mapping[str, Sequence[str]], is_deep: bool) -> bool:
    has_headline = _first(record, fields["headline"]) is not None
    if any(_holds_text(value) for value in _values(record, fields["body"])):
        return has_headline or not is_deep
    ledes = [name for name in fields["lede"] if name not in _OF_ANYTHING]
    return has_headline and any(_first(record, names) for names in (ledes, fields["caption"]))


def _holds_text(value: Value) -> bool:
    """Tell whether a field is a text, be it an empty one, or has texts inside."""
    return isinstance(value, Text) or next(_texts(value, Kind.PARAGRAPH), None) is not None


def document(file: File, record: dict[str, Value], number: int | None) -> Document:
    """Return the article that `record` holds: its headline, lede, captions and body in this order."""
    fields = fields_of(file)
    texts = list(role_texts(record, fields))
    is_markup = any(kind is Kind.PARAGRAPH and _is_markup(text.value) for text, kind in texts)
    whole = join(_passage(file.text, text, kind, is_markup) for text, kind in texts)
    made = Document(
        *(file.path, whole.text, whole.blocks, Offsets(whole.pieces or (Piece(0, 0, 0, 0, True),)), number),
        target_language=language(record, fields["target-language"]),
        source_language=language(record, fields["source-language"]),
        metadata=_metadata(record, fields),
        directives=[*directives.of_record(record), *whole.directives],
    )
    shapes.settle(made)
    return made


def _metadata(record: dict[str, Value], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {
        name: value.value
        for name, value in record.items()
        if isinstance(value, Text) and not any(name in names for names in fields.values())
    }


_ROLES = (
    ("headline", Kind.HEADLINE),
    ("lede", Kind.LEDE),
    ("caption", Kind.CAPTION),
    ("body", Kind.PARAGRAPH),
)


def fields_of(file: File) -> Mapping[str, Sequence[str]]:
    """Return the names of the fields by their role, as configured for `file` or by default."""
    return {**FIELDS, **file.fields}


def role_texts(record: dict[str, Value], fields: Mapping[str, Sequence[str]]) -> Iterator[tuple[Text, Kind]]:
    """Yield the texts of a record in reading order, with what they are."""
    for role, kind in _ROLES:
        yield from _role_texts(record, fields[role], kind)


def _role_texts(record: dict[str, Value], names: Sequence[str], kind: Kind) -> Iterator[tuple[Text, Kind]]:
    """Yield the texts of a role: those of its first field that has any; of captions, those that no field before had."""
    before: set[str] = set()
    for value in _values(record, names):
        texts = [found for found in _texts(value, kind) if found[0].value.strip()]
        yield from (found for found in texts if found[0].value not in before)
        before.update(text.value for text, _ in texts)
        if texts and kind is not Kind.CAPTION:
            return


def _values(record: dict[str, Value], names: Sequence[str]) -> Iterator[Value]:
    """Yield the fields of `names` that a record has; a dot leads into a record inside, or into each of a list."""
    for name, head, rest in _paths(tuple(names)):
        if name in record:
            yield record[name]
        elif rest and head in record:
            inner = record[head]
            for member in inner if isinstance(inner, list) else (inner,):
                if isinstance(member, dict):
                    yield from _values(member, (rest,))


@cache
def _paths(names: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, name.partition(".")[0], name.partition(".")[2]) for name in names)


def _first(record: dict[str, Value], names: Sequence[str]) -> Text | None:
    values = _values(record, names)
    return next((text for value in values for text, _ in _texts(value, Kind.PARAGRAPH) if text.value.strip()), None)


def _texts(value: Value, kind: Kind, depth: int = 0) -> Iterator[tuple[Text, Kind]]:
    """Yield the strings of a field: its own, those of its list, and those of the typed blocks of an editor."""
    if isinstance(value, Text):
        yield value, kind
    elif depth > _DEEPEST:
        return
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member, kind, depth + 1)
    elif isinstance(value, dict):
        named = value.get("type")
        own = _KINDS.get(named.value.lower(), kind) if isinstance(named, Text) else kind
        for name, inner_kind in (("alt", Kind.ALT), ("caption", Kind.CAPTION), ("credit", Kind.CAPTION)):
            yield from _texts(value.get(name), inner_kind, depth + 1)
        inner = next((value[name] for name in _INNER if value.get(name) is not None), None)
        yield from _texts(inner, own, depth + 1)


def _is_markup(value: str) -> bool:
    return "<" in value and _MARKUP.search(value) is not None


def _passage(source: str, text: Text, kind: Kind, is_markup: bool) -> Passage:
    """Return the text of a field; `is_markup` says that the record is written in HTML, so that "&amp;" means "&"."""
    offsets = text.offsets(source)
    value = text.value
    if _is_markup(value) or (is_markup and "&" in value):
        composer = Composer(value, (Form.HTML,))
        read_fragment(composer, 0, len(value), kind)
        passage = composer.passage().through(offsets)
        own = None if kind is Kind.PARAGRAPH else kind
        passage.blocks[:] = [
            Block(block[0], block[1], own or block[2], *block[3:5], (*block[5], *_JSON)) for block in passage.blocks
        ]
        return passage
    if kind is Kind.PARAGRAPH:
        return Passage(value, prose.split(value, _JSON), list(offsets.pieces), [])
    start = len(value) - len(value.lstrip())
    return Passage(value, [Block(start, start + len(value.strip()), kind, None, None, _JSON)], list(offsets.pieces), [])


def language(record: dict[str, Value], names: Sequence[str]) -> str | None:
    """Return the language that the first of the fields `names` gives, as BCP 47 writes it."""
    text = _first(record, names)
    return language_tag(text.value) if text else None
