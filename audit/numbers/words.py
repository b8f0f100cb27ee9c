"""What the words and signs beside a number tell of it: a percentage, a unit, people counted, the label of a section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.expressions import expression
from audit.model import Table
from audit.numbers.locales import month_names, scale_names, unit_names
from audit.numbers.scan import SPACES, Neighbours, Number

_STEM_FROM = 6  # letters: the last one of a CLDR name is its ending, which other cases change (процента, процентам)
_ABBREVIATION = 3  # letters up to which a name is an abbreviation, where capitals count: "V" and "in", not "v" and "In"
_MOST_LOOKED_UP = 4096  # words that are kept in mind: the same few stand beside most numbers
_PLURAL_IN_S = frozenset({"en", "es", "fr", "pt"})


class Words:
    """The words of one language that tell what a number is, by kind (see `Lexicon`)."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._exact: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._looked_up: dict[str, str] = {}

    def add(self, word: str, kind: str) -> None:
        """Let `word` be of `kind` unless it is known already; an asterisk at its end stands for any ending."""
        if word.endswith("*"):
            self._stems.setdefault(word[:-1].lower(), kind)
        elif word:
            self._exact.setdefault(word, kind)

    def add_name(self, name: str, kind: str) -> None:
        """Let the name of a unit or month be of `kind`, in all its cases if the language has any."""
        if len(name) > _ABBREVIATION:
            name = name.lower()
            if len(name) >= _STEM_FROM and self.language != "en" and " " not in name:
                self.add(name[:-1] + "*", kind)
        self.add(name, kind)

    def kind(self, word: str) -> str:
        """Return the kind of a word, "" if nothing is known of it."""
        if word not in self._looked_up:
            if len(self._looked_up) >= _MOST_LOOKED_UP:
                self._looked_up.clear()
            self._looked_up[word] = self._look_up(word)
        return self._looked_up[word]

    def _look_up(self, word: str) -> str:
        lower = word.lower()
        known = self._exact.get(word) or (self._exact.get(lower) if len(word) > _ABBREVIATION or word.istitle() else "")
        if known:
            return known
        return next((self._stems[lower[:end]] for end in range(len(lower), 2, -1) if lower[:end] in self._stems), "")

    def read(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield each of `words` with its kind; two that are known together come as one."""
        index = 0
        while index < len(words):
            pair = " ".join(words[index : index + 2]).lower()
            known = self._exact.get(pair) if " " in pair else None
            yield (pair, known) if known else (words[index], self.kind(words[index]))
            index += 2 if known else 1

    def is_plural(self, word: str) -> bool:
        """Tell whether an unknown word looks like a plural noun, in languages whose plurals end in s."""
        return (
            self.language in _PLURAL_IN_S
            and len(word) > 3
            and word[-1] == "s"
            and word[-2] not in "s'’"
            and word.islower()
        )


class Lexicon:
    """Words by language, from a pack's tables and from CLDR.

    `units` (columns unit, kind) sorts CLDR's units; a name may end in an asterisk, and the kind skip passes it over.
    `words` (language, kind, word) and `counted` (language, word) add to them; their language is a bare one, or * for
    all. The kinds are percent, scale, precise (has decimals), measure and amount (may have them; of amounts also three
    places that end in zeros), time (is written 18.30 as well), clock (what is written 18.30), currency, people (what
    is counted), verb (in the plural: 5.100 have), about (before a round number), whole (no decimal follows), headcount
    (of 23.456), reading (magnitude 6,3), rate (per), label (the number after it is a name), score (before averages,
    odds, ratings: three decimals), stop (ends what belongs to a number).
    """

    def __init__(self, units: Table, words: Table, counted: Table) -> None:
        self._units = [(row.cells["unit"], row.cells["kind"]) for row in units.rows]
        self._rows = [(row.cells["language"], row.cells["kind"], row.cells["word"]) for row in words.rows]
        self._rows += [(row.cells["language"], "people", row.cells["word"]) for row in counted.rows]
        self._words: dict[str, Words] = {}

    def words(self, language: str) -> Words:
        """Return the words of a language or locale."""
        if language not in self._words:
            self._words[language] = self._load(language)
        return self._words[language]

    def _load(self, language: str) -> Words:
        base = language.replace("_", "-").partition("-")[0].lower()
        words = Words(base)
        for of, kind, word in self._rows:
            if of in (base, "*"):
                words.add(word, kind)
        for name in scale_names(language):
            words.add_name(name, "scale")
        kinds: dict[str, str] = {}
        for name, unit in unit_names(language):
            if unit not in kinds:
                kinds[unit] = self._kind_of(unit)
            if kinds[unit] != "skip":
                words.add_name(name, kinds[unit])
        for name in month_names(language):
            words.add_name(name, "whole")
        return words

    def _kind_of(self, unit: str) -> str:
        for name, kind in self._units:
            if name == unit or (name.endswith("*") and unit.startswith(name[:-1])):
                return kind
        return "measure"


_CURRENCIES = "$€£¥₹₽₴₺₩₪₸₾֏₼"
_NEXT_IN_LIST = expression(r"[,;][ \u00a0][-−]?\d")
_LAST_IN_LIST = expression(r"\d[,;][ \u00a0]$")
_COMPARED = expression(r"\d{3} (\p{L}+), (?:\p{L}+ ){1,2}$")
_PUNCTUATION = "(\"“„«'‘’,.:;"
_DASHES = ("-", "–", "—", ":")


def evidence(text: str, number: Number, beside: Neighbours, words: Words) -> set[str]:
    """Return what the words and signs beside a number tell of it: kinds of words, "price", "list", "name" …."""
    found = _evidence_before(beside, words) | _evidence_after(beside, words)
    if _is_compared(text, number, words):
        found = found - {"name"} | {"people"}
    if beside.sign:
        found.add("price" if beside.sign in _CURRENCIES else "mathematics")
    if (
        (beside.left == "(" and beside.right == ")")
        or _NEXT_IN_LIST.match(text, number.end)
        or _LAST_IN_LIST.search(text[max(0, number.start - 3) : number.start])
    ):
        found.add("list")
    return found


def _is_compared(text: str, number: Number, words: Words) -> bool:
    """Tell whether a number closes a clause like "the police counted 900 marchers, the union 1.300"."""
    if len(number.groups[-1]) != 3 or text[number.end : number.end + 1] not in (".", ",", ";"):
        return False
    compared = _COMPARED.search(text[max(0, number.start - 60) : number.start])
    return compared is not None and words.kind(compared[1]) == "people"


def _evidence_before(beside: Neighbours, words: Words) -> set[str]:
    if not beside.before:
        return set()
    nearest, next_word = beside.before[0], (*beside.before, "")[1]
    found = _evidence_of_the_clause(beside, words)
    if nearest in _DASHES or nearest.endswith(":"):  # pregnant women - 10.645
        return found | {"people"} & {words.kind((nearest.strip(":-–—") or next_word).strip(_PUNCTUATION))}
    kind = _kind_of_the_word_before(nearest.strip(_PUNCTUATION), words)
    if kind in ("about", "whole", "label", "score", "reading"):
        return found | {kind}
    if kind == "currency" and not nearest.islower():
        return found | {"price"}
    model = nearest[0].isupper() and nearest[-1].isalnum() and not beside.opens and not kind and words.language != "de"
    return found | {"name"} if model else found


def _kind_of_the_word_before(word: str, words: Words) -> str:
    noun = word.replace("’", "'").rpartition("'")[2]  # l'article, but Kyiv's
    return words.kind(word) or (words.kind(noun) if len(noun) >= _ABBREVIATION else "")


def _evidence_of_the_clause(beside: Neighbours, words: Words) -> set[str]:
    """Return what the words before the nearest one tell: an average of …, a dollar fetched …, Articles 2.1 and …."""
    kinds = {words.kind(word) for word in beside.before[1:] if word[-1] not in ".!?"}
    found = {"score", "headcount"} & kinds
    if words.kind((*beside.before, "")[1]) == "reading" and len(beside.before[0]) < 4:  # a magnitude of 5,2
        found.add("reading")
    if "currency" in kinds and not beside.before[0].isupper():
        found.add("rate")
    if "label" in kinds and any(word[0].isdigit() for word in beside.before[:2]):
        found.add("label")
    return found


def _evidence_after(beside: Neighbours, words: Words) -> set[str]:
    """Return what follows a number: its unit or noun, and "rate" for a "per litre" behind that."""
    found: set[str] = set()
    for index, (word, kind) in enumerate(words.read(beside.after)):
        if kind in ("stop", "about", "whole", "label", "score", "reading", "headcount") or (
            beside.right == "-" and len(word) == 1
        ):  # 2,4-D
            break
        if kind == "rate" and (found or index == 0):
            wage = "price" in found and words.kind((*beside.after, "")[index + 1]) in ("measure", "time")
            return found if wage else found | {"rate"}  # 1.350 euros a month, 1.350 euros a litre
        if found or kind == "rate":
            continue
        if kind == "currency":
            found.add("price")
        elif kind in ("people", "verb") or (kind and index < 2):
            found.add(kind)
        elif beside.right != "-" and words.is_plural(word):
            found.add("plural")
    return found


def is_part_of_a_name(text: str, number: Number, beside: Neighbours, words: Words) -> bool:
    """Tell whether a number is part of an address, a code, a version or a telephone number."""
    left, right = beside.left, beside.right
    if left.isalnum() and words.kind((*beside.before, "")[0]) != "currency":
        return True
    if left in tuple("./,:@#_\\&^`§№") or (left in ("-", "‑") and text[number.start - 2 : number.start - 1].isalpha()):
        return True
    following = text[number.end + 1 : number.end + 2]
    if right in tuple("/_@\\^`") or (right in (".", ":") and following.isalnum()):
        return True
    if right.isalpha() and not words.kind((*beside.after, "")[0]):
        return True
    if right in ("-", "–") and following.isdigit() and beside.range and not beside.range.marks:
        return len(number.groups[-1]) == 3  # 12.345.678-9
    if beside.sign == "+" and len(number.groups) > 2:
        return True  # +1.800.555.123
    token = text[max(0, number.start - 80) : number.start].split(" ")[-1]
    return "://" in token or "www." in token or "@" in token


def in_enumeration(text: str, number: Number, beside: Neighbours) -> bool:
    """Tell whether a number like "3,5" is the beginning of "3,5 and 7"."""
    joint = text[number.end : beside.range.start].strip(SPACES + _CURRENCIES) if beside.range else ""
    return bool(beside.range and not beside.range.marks and joint not in _RANGE_WORDS)


_RANGE_WORDS = frozenset({"-", "–", "—", "to", "bis", "à", "a", "do", "до", "till", "tot", "až"})
