"""Capitals: the names that other languages write without one come from CLDR, and what stands beside a word decides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale

from audit.engine import Engine
from audit.language.detectors import KNOWN
from audit.model import Block, Document, Kind
from audit.offsets import Offsets
from audit.rulebook import packfile

RULES = Path(__file__).parent.parent / "rules"

_LANGUAGES = ("fr", "es", "it", "pt", "pl", "ru", "uk", "sr-Latn", "sr-Cyrl", "hr", "bs")
_ACCUSATIVE = {"pl": {"a": "ę"}, "ru": {"а": "у"}, "uk": {"а": "у", "я": "ю"}, "sr-Cyrl": {"а": "у"}}
_ACCUSATIVE |= {language: {"a": "u"} for language in ("sr-Latn", "hr", "bs")}
_GENITIVE = (("bar", "bra"), ("i", "a"), ("бар", "бра"), ("и", "а"))  # decembar, juni; CLDR has the others
_LOCATIVE = {
    "pl": (("tego", "tym"), ("opada", "opadzie"), ("a", "u")),
    "ru": (("а", "е"), ("я", "е")),
    "uk": (("ого", "ому"), ("а", "і"), ("я", "і")),
    "hr": (("oga", "ome"), ("če", "či"), ("a", "u")),
    "sr-Cyrl": (("а", "у"),),
} | dict.fromkeys(("sr-Latn", "bs"), (("a", "u"),))
_FEMININE = {
    "pl": (("i", "u"),),
    "fr": (("ien", "ienne"), ("en", "enne"), ("e", "e"), ("", "e")),
    "es": (("és", "esa"), ("án", "ana"), ("o", "a")),
    "it": (("o", "a"),),
    "pt": (("ês", "esa"), ("ão", "ã"), ("o", "a")),
}
_HEADER = """\
# Days, months and languages from CLDR, by `make tables`: not to be edited. Days that end in -a are also in the accusative of
# the Slavic languages, where months are in the genitive and locative as well; tongue: the feminine of a language's name, as
# after langue, lengua, lingua, in Polish the form after po.
language\tkind\tnames
"""


def rows(language: str) -> dict[str, list[str]]:
    """Return the names of `language` by their kind."""
    locale = Locale.parse(language, sep="-")
    days = [day.replace("ʼ", "'") for day in locale.days["format"]["wide"].values()]
    endings = _ACCUSATIVE.get(language, {})
    days += [day[:-1] + endings[day[-1]] for day in days if day[-1] in endings]
    months = [month for form in ("format", "stand-alone") for month in locale.months[form]["wide"].values()]
    found = {"day": days, "month": months + declined(months, language)}
    if language in _FEMININE:
        tags = {tag.partition("-")[0] for tag in KNOWN} - {"cs"}  # Checo is what Mexico calls a racing driver
        spoken = [locale.languages[tag] for tag in sorted(tags)]
        found |= {"language": spoken, "tongue": [feminine(name, language) for name in spoken]}
    return {kind: sorted(set(names)) for kind, names in found.items() if any(names)}


def declined(months: list[str], language: str) -> list[str]:
    """Return the cases of the names of months that CLDR does not have: decembra, w grudniu, u studenome."""
    genitives = months
    if language in ("sr-Latn", "sr-Cyrl", "bs"):
        final = "а" if language == "sr-Cyrl" else "a"
        genitives = [changed(month, _GENITIVE) or month + final for month in months]
    locatives = [changed(month, _LOCATIVE[language]) for month in genitives if language in _LOCATIVE]
    short = [month[:-1] for month in (*genitives, *locatives) if month.startswith("studeno")]
    return [month for month in (*genitives, *locatives, *short) if month]


def changed(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    """Return `word` with the first of `endings` that it has replaced; nothing where it has none."""
    return next((word.removesuffix(old) + new for old, new in endings if word.endswith(old)), "")


def feminine(name: str, language: str) -> str:
    """Return the feminine of the name of a language (in Polish its adverb), or the name itself where it has no other."""
    for ending, other in _FEMININE.get(language, ()):
        if name.endswith(ending):
            return name.removesuffix(ending) + other
    return name


def test_names_of_the_calendar_are_those_of_cldr(golden: Callable[[str, str], None]) -> None:
    lines = [
        f"{'pt-BR' if (language, kind) == ('pt', 'month') else language}\t{kind}\t{' '.join(names)}\n"
        for language in _LANGUAGES
        for kind, names in rows(language).items()
    ]

    golden("rules/capitalization/calendar.tsv", _HEADER + "".join(lines))


def found(name: str, text: str, language: str = "en", kind: Kind = Kind.PARAGRAPH) -> list[str]:
    """Return what the rule called `name` finds in an article whose last paragraph is `text`."""
    start = "A headline of some words\n\n"
    blocks = [Block(0, len(start) - 2, Kind.HEADLINE), Block(len(start), len(start) + len(text), kind)]
    document = Document("a.txt", start + text, blocks, Offsets.identity(len(start) + len(text)), None, language)
    rules = [rule for rule in packfile.read(RULES / "capitalization.yaml").rules if rule.id == f"capitalization/{name}"]
    outcome = Engine(rules).find(document)
    assert not outcome.failures
    return [document.text[hit.start : hit.end] for _, hit in outcome.hits]


LONG = " that the boats would sail again as soon as the storm was over."


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (f"they said{LONG}", Kind.PARAGRAPH, ["they"]),
        (f"they said{LONG}", Kind.ITEM, []),
        ("they said no.", Kind.PARAGRAPH, []),
        (f"hey said{LONG}", Kind.PARAGRAPH, ["hey"]),
        (f"adidas said{LONG}", Kind.PARAGRAPH, []),
        (f"She wrote of boats. they said{LONG}", Kind.PARAGRAPH, ["they"]),
        (f"She wrote “boats. they said{LONG}”", Kind.PARAGRAPH, []),
        (f"She wrote of boats in the U.S. they said{LONG}", Kind.PARAGRAPH, []),
        (f"She wrote of boats... they said{LONG}", Kind.PARAGRAPH, []),
        ("The boats. they sail. " * 9, Kind.PARAGRAPH, []),
    ],
)
def test_sentences_in_small_letters(text: str, kind: Kind, words: list[str]) -> None:
    assert found("sentence-start", text, kind=kind) == words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Salió el Lunes, según dijo.", "es", ["Lunes"]),
        ("Salió el Lunes Santo, según dijo.", "es", []),
        ("SALIÓ EL LUNES, SEGÚN DIJO.", "es", []),
        ("Le 14 Juillet, il parle anglais.", "fr", []),
        ("Le 14 Juillet 2024, il parle Anglais.", "fr", ["Juillet", "Anglais"]),
        ("Foi em Março de 2024.", "pt-PT", []),
        ("Foi em Março de 2024.", "pt-BR", ["Março"]),
        ("W Niedzielę Palmową i w Niedzielę rano.", "pl", ["Niedzielę"]),
    ],
)
def test_capitals_of_another_language(text: str, language: str, words: list[str]) -> None:
    assert found("foreign-capital", text, language) == words
