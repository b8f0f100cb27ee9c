"""The inline marks of Markdown: emphasis, code, links, images, escapes, references and tags, each at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from audit.model import Form, Kind
from audit.reading.compose import Composer
from audit.reading.markup import COMMENT, REFERENCE, attributes, token_at
from audit.reading.page import directive, quoting

_MARK = re.compile(
    r"\\(?:[!-/:-@\[-`{-~]|(?=[\r\n]))|`+|\*+|_+|~~+|!?\[|\]|<|(?:\r\n?|\n)[ \t>]*|(?<![ \t])[ \t]++(?=[\r\n])|"
    + REFERENCE.pattern
)
_ANY_MARK = re.compile(r"[\\`*_~\[\]<&\r\n]")
_TARGET = re.compile(
    r"""\(\s*+(?:<[^<>\n]*+>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+)"""
    r"""(?:\s++(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)))?\s*+\)""",
    re.DOTALL,
)
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
_AUTOLINK = re.compile(r"<((?:https?://|ftp://|mailto:|[\w.+-]+@[\w-]+\.)[^\s<>]*)>")
_BRACKETS = ("[", "![")


class _Bracket(NamedTuple):
    """An open bracket of a link or image, and how many replacements and images came before it."""

    start: int
    end: int
    before: int
    images_before: int


class Inline:
    """Reads the inline marks of blocks of a Markdown source and adds what a reader sees to the composer.

    It does not know reference images, and of the rules for emphasis it leaves out the one on runs whose lengths add up
    to a multiple of three.
    """

    def __init__(self, composer: Composer, labels: frozenset[str]) -> None:
        self._composer = composer
        self._source = composer.source
        self._labels = labels

    def read(self, start: int, end: int, kind: Kind) -> None:
        """Add a block with the source's `start:end`; texts and titles of its images follow as blocks of their own."""
        for first, last, image_kind in self._read(start, end, kind):
            is_attribute = image_kind is Kind.ALT and self._source[first - 1] != "["
            forms = (quoting(self._source, first),) if is_attribute else None
            self._read(first, last, image_kind, forms)  # an image in the text of an image has no place of its own

    def _read(
        self, start: int, end: int, kind: Kind, forms: tuple[Form, ...] | None = None
    ) -> Sequence[tuple[int, int, Kind]]:
        """Add the block alone; return the places of the texts of its images."""
        if not _ANY_MARK.search(self._source, start, end):
            if start < end:
                self._composer.copy(start, end)
                self._composer.close(kind, None, forms)
            return ()
        scan = _Scan(self._source, start, end, self._labels)
        composer, position = self._composer, start
        for first, last, instead in sorted(scan.replaced):
            if first < position:
                continue
            if position < first:
                composer.copy(position, first)
            composer.put(instead, first, last)
            position = last
        if position < end:
            composer.copy(position, end)
        for text, place in scan.directives:
            composer.direct(text, place)
        leads = bool(scan.images) and self._source[start : start + 2] in ("![", "[!")
        composer.close(Kind.CAPTION if leads and kind is Kind.PARAGRAPH else kind, None, forms)
        return scan.images


class _Scan:
    """What to replace in one block, the texts of its images, and the directives in its comments."""

    def __init__(self, source: str, start: int, end: int, labels: frozenset[str]) -> None:
        self.replaced: list[tuple[int, int, str]] = []
        self.images: list[tuple[int, int, Kind]] = []
        self.directives: list[tuple[str, int]] = []
        self._source, self._start, self._end, self._labels = source, start, end, labels
        self._openers: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}
        self._brackets: list[_Bracket] = []
        self._unclosed: set[int] = set()
        position = start
        for mark in _MARK.finditer(source, start, end):
            if mark.start() >= position:
                position = self._follow(mark[0], mark.start(), mark.end())

    def _follow(self, written: str, first: int, last: int) -> int:
        """Take in one mark; return where to go on."""
        sign = written[0]
        if sign == "\\":
            self.replaced.append((first, first + 1, ""))
        elif sign in "*_~":
            self._emphasis(sign, first, last)
        elif written in _BRACKETS:
            self._brackets.append(_Bracket(first, last, len(self.replaced), len(self.images)))
        elif sign == "]":
            return self._link(first, last)
        elif sign == "`":
            return self._code(first, last)
        elif sign == "<":
            return self._tag(first, last)
        elif sign == "&":
            if written[-1] == ";" and unescape(written) != written:
                self.replaced.append((first, last, unescape(written)))
        elif sign in "\r\n":
            if len(written.lstrip("\r\n")):
                self.replaced.append((first, last, "\n"))
        else:
            self.replaced.append((first, last, ""))
        return last

    def _code(self, first: int, last: int) -> int:
        length = last - first
        if length in self._unclosed:
            return last
        close = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(self._source, last, self._end)
        if close is None:
            self._unclosed.add(length)
            return last
        self.replaced += (first, last, ""), (close.start(), close.end(), "")
        return close.end()

    def _emphasis(self, sign: str, first: int, last: int) -> None:
        """Pair a run of marks with the one that it closes, or keep it as one that may open (CommonMark 6.2)."""
        before = self._source[first - 1] if first > self._start else " "
        after = self._source[last] if last < self._end else " "
        opens = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
        closes = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
        if sign == "_":
            opens, closes = (
                opens and (not closes or _is_punctuation(before)),
                closes and (not opens or _is_punctuation(after)),
            )
        openers = self._openers[sign]
        while closes and openers and first < last:
            start, end = openers.pop()
            length = min(end - start, last - first)
            self.replaced += (end - length, end, ""), (first, first + length, "")
            first += length
            if start < end - length:
                openers.append((start, end - length))
            for other in self._openers.values():
                while other and other[-1][0] > start:
                    other.pop()
        if opens and first < last:
            openers.append((first, last))

    def _link(self, first: int, last: int) -> int:
        if not self._brackets:
            return last
        opening = self._brackets.pop()
        target = _TARGET.match(self._source, last, self._end)
        end = target.end() if target else self._reference(opening.end, first, last)
        if end is None:
            return last
        if self._source[opening.start] != "!":
            self.replaced += (opening.start, opening.end, ""), (first, end, "")
            return end
        del self.replaced[opening.before :], self.images[opening.images_before :]
        self.replaced.append((opening.start, end, ""))
        self.images.append((opening.end, first, Kind.ALT))
        if target and target.lastindex:
            self.images.append((*target.span(target.lastindex), Kind.CAPTION))
        return end

    def _reference(self, start: int, first: int, last: int) -> int | None:
        """Return the end of a link by reference whose text is `start:first`, or None if it is no link."""
        if first - start > 200:
            return None
        own = label(self._source[start:first])
        written = _LABEL.match(self._source, last, self._end)
        if written and (label(written[1]) or own) in self._labels:
            return written.end()
        if own in self._labels:
            return last
        if own.startswith("^") and self._source[start - 1] == "[":
            self.replaced.append((start - 1, last, ""))
        return None

    def _tag(self, first: int, last: int) -> int:
        link = _AUTOLINK.match(self._source, first, self._end)
        if link:
            self.replaced += (first, last, ""), (link.end() - 1, link.end(), "")
            return link.end()
        token = token_at(self._source, first, self._end)
        if token is None:
            return last
        self.replaced.append((first, token.end, "\n" if token.name == "br" else ""))
        if token.name == COMMENT and (text := directive(self._source, token)):
            self.directives.append((text, first))
        elif token.name == "img" and "alt" in (found := attributes(self._source, token)):
            self.images.append((*found["alt"][1:], Kind.ALT))
        return token.end


def label(written: str) -> str:
    """Return the label of a link as references are compared: in one case, white space collapsed."""
    return " ".join(written.split()).casefold()


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()
