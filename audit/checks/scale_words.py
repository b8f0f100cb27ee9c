"""Find scale words of another language after a number: 105.8 mln tenge, two milliards, 6,5 Millionen persone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from audit.expressions import expression
from audit.language.cldr import locale_of
from audit.model import Confidence, Document, Edit, Hit, Row, Sighting, Table
from audit.punctuation.marks import pairs
from audit.text import is_whole

_ABBREVIATED = frozenset(("mio", "mln", "mrd", "mld", "mlrd", "tsd"))  # which German writes with a capital
_LONGEST_NUMBER = 24
_COUNTED = expression(
    r"\d[ \u00a0\u202f-]?$|(?<!\p{L})(?:one|two|three|four|five|six|seven|eight|nine|ten|half|several)[ -]$"
)
_NUMBER = expression(r"\d[\d.,’'\u00a0\u202f ]*(?=[ \u00a0\u202f-]?$)")
_DECIMALS = expression(r"[.,](?!\d{3}$)(?=\d+$)")
_GENITIVE = expression(r"[ \u00a0](?:d[eio’']|\P{L})|[^ \u00a0]|$")  # 5 millones de, 5 milioni di, 5 millions d’euros
_OF_A_SUM = ("fr", "es", "it", "pt")  # which set “of” between a million and what is counted


@dataclass(frozen=True)
class Check:
    """Words that the language of the article does not have, where a number stands before them.

    `words` has the columns word, means, confidence and languages (those that have the word themselves), `forms` what
    each language says instead: language, means, and a column for each of CLDR's plural forms. A rule for one language
    alone names it as `target`: so its own words are not even looked for.
    """

    words: Table
    forms: Table
    target: str = ""

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.cells["word"]: row for row in self.words.rows if self.target not in row.cells["languages"].split()}

    @cached_property
    def _forms(self) -> dict[str, dict[str, Mapping[str, str]]]:
        known: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
        for row in self.forms.rows:
            known[row.cells["language"]][row.cells["means"]] = row.cells
        return known

    @property
    def literals(self) -> tuple[str, ...]:
        """Return the scale words."""
        return tuple(self._rows)

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Iterator[Hit]:
        """Yield the words that follow a number, with the words that this language has for them."""
        text = document.text
        tag = document.target_language or ""
        language = tag.partition("-")[0]
        for literal, start, end in sightings:
            cells = self._rows[literal].cells
            languages = cells["languages"].split()
            if language in languages or not _is_counted(text, start, end):
                continue
            if "en" in languages and language != "en" and _is_quoted(document, start):
                continue  # which articles in all languages quote as it was said
            if text[end : end + 1] == "." and text[end - 1] != "." and text[end + 1 : end + 3].strip()[:1].islower():
                end += 1  # 3 tys. people
            written = [self._written(text, tag, start, meaning) for meaning in cells["means"].split(" or ")]
            space = " " if text[start - 1].isdigit() else ""
            sure = len(written) == 1 and (language not in _OF_A_SUM or _is_joined(cells["means"], text, end))
            edits = (Edit(start, end, space + written[0]),) if sure else ()
            yield Hit(start, end, Confidence.parse(cells["confidence"]), {"fix": "” or “".join(written)}, edits)

    def _written(self, text: str, tag: str, start: int, meaning: str) -> str:
        """Return what the language `tag` says for `meaning` behind the number that ends before `start`."""
        language = tag.partition("-")[0]
        if language == "sr":
            language += "-Cyrl" if text.count("и") > text.count("i") else "-Latn"
        forms = self._forms[tag].get(meaning) or self._forms[language].get(meaning) or self._forms["en"][meaning]
        number = _NUMBER.search(text, max(0, start - _LONGEST_NUMBER), start)
        locale = locale_of(tag)
        if number is None or locale is None or not forms["one"]:
            return forms["other"]
        return forms.get(locale.plural_form(_value(number.group().rstrip()))) or forms["other"]


def _value(number: str) -> Decimal:
    """Return the value of a number in the marks of whatever language, where only its plural form is asked for."""
    whole, *decimals = _DECIMALS.split(number, maxsplit=1)
    return Decimal(".".join(("".join(filter(str.isdigit, whole)), *decimals)))


def _is_joined(meaning: str, text: str, end: int) -> bool:
    """Tell whether a Romance word for `meaning` may stand before what follows without another word between them."""
    return meaning == "thousand" or _GENITIVE.match(text, end) is not None


def _is_counted(text: str, start: int, end: int) -> bool:
    """Tell whether a number stands before a word that is whole, in small letters, or German and with its capital."""
    if not is_whole(text, start, end) and not text[start - 1 : start].isdigit():
        return False
    if text[start].isupper() and not (_is_abbreviated(text, start, end) or _is_german(text, start, end)):
        return False
    if end < len(text) and (text[end].isalnum() or text[end] in "-’'/"):
        return False
    return _COUNTED.search(text[max(0, start - 8) : start]) is not None


def _is_german(text: str, start: int, end: int) -> bool:
    """Tell whether a word has the ending of a German plural, not of the capital that English gives a name."""
    return text[start + 1 : end].islower() and text[start:end].endswith(("illionen", "illiarde", "illiarden"))


def _is_quoted(document: Document, start: int) -> bool:
    return any((pair.opening or 0) < start <= (pair.closing or -1) for pair in document.once(pairs))


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Tell whether a word with a capital is a German short form with its full stop behind a figure: 320 Mio. francs."""
    before = text[max(0, start - 2) : start]
    figure = before[-1:].isdigit() or (before[:1].isdigit() and before[1:].isspace())
    written = text[start + 1 : end].islower() and text[end : end + 1] == "."
    return figure and written and text[start:end].lower() in _ABBREVIATED
