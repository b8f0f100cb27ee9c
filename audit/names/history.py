"""History: signs that a name stands for former times, when it was in use, in a sentence or a whole article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from audit.expressions import expression
from audit.names.surroundings import Spot
from audit.vocabulary import Vocabulary

_SENTENCE = 160  # characters before and after a name that may date it
_BEFORE_YEAR = (
    r"in|of|since|until|till|by|from|around|circa|before|after|during|between|to|and|the|early|late|mid|year|for|on"
    r"|spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|born"
)
_OLD_YEAR = expression(  # not the 1925 of a club's name
    rf"(?:(?:^|[^\p{{L}}\p{{N}} ]|\b(?:{_BEFORE_YEAR})|\b\d{{1,2}}) ?\K19(?:[0-8]\d|9[01])"
    r"|\b(?:in|of|since|until|by|from|around|circa|before|after) 1[0-8]\d\d(?=[ ,.;)]))\b(?!\.\d)"
)
_ANY_OLD_YEAR = expression(r"1\d{3}")  # what every old year is: twenty times as fast to look for
_NEW_YEAR = expression(r"\b20[12]\d\b")
_FORMER_TIMES = (
    "world war",
    "wehrmacht",
    "nazi-occupied",
    "nazi occupied",
    "red army",
    "army group",
    "medieval",
    "tsarist",
    "th century",
    "1st century",
    "first century",
    "ussr",
    "soviet union",
    "russian empire",
    "civil war",
    "holocaust",
    "great patriotic",
    "soviet times",
    "soviet rule",
    "soviet period",
    "soviet ukraine",
    "tsar ",
    "tsars",
    "cossack",
    "hetman",
    "bolshevik",
    "pogrom",
    "golden horde",
    "mongol",
    "byzantin",
    "varangian",
    "grand duchy",
    "polish lithuanian",
    "habsburg",
    "austro hungarian",
    "interwar",
    "nazi germany",
    "nazi occupation",
    "german occupation",
    "holodomor",
    "stalin",
    "khrushchev",
    "brezhnev",
)
_MAPS = ("map", "atlas", "globe", "textbook", "poster", "stamp", "road sign")
# Patterns of rare use are compiled at first use, by the library.
_OLD_MAP = (
    r"\b(?:old|pre war|soviet|(?:19\d\d|200\d|201[0-8])(?:'s)?|from (?:19\d\d|200\d|201[0-8]))\b.{0,40}"
    r"\b(?:maps?|atlas(?:es)?|globes?|textbooks?|posters?|stamps?|road signs?)\b"
    r"|\b(?:maps?|atlas(?:es)?|globes?|textbooks?|posters?|stamps?|road signs?)\b.{0,20}"
    r"\b(?:19\d\d|200\d|201[0-8])\b"
)
_OF_OLD_TIMES = expression(
    r"stalin|hitler|lenin|trotsky|himmler|goebbels|nazi|bolshevik|wehrmacht|luftwaffe|red army|white army|army group"
    r"|soviet (?:army|armies|soldiers|troops)|germans|ghetto|gestapo|nkvd|kgb|emperor|empress|tsar\b|tsarist|hetman"
    r"|russian empire|ukrainian ssr|soviet socialist republic|provisional government|world war|pogrom|petrograd"
)
_BEFORE = 12  # characters in front of a year in which the word before it stands
_OLDER = 3  # times as many old years as recent ones stand in an article of history
_MANY_OF_OLD_TIMES = 3  # such words that make an article one of history


def near(spot: Spot) -> str:
    """Return the sentence or so in which a name stands, as the functions below take it."""
    return spot.before(_SENTENCE) + spot.name + spot.after(_SENTENCE)


def is_history(sentence: str) -> bool:
    """Tell whether the sentence speaks of former times or a year before 1992, or of an old map or book."""
    if _any_of_former_times().is_in(sentence) and (
        any(map(sentence.__contains__, _FORMER_TIMES)) or regex.search(_OLD_MAP, sentence) is not None
    ):
        return True
    return any(True for _ in _old_years(sentence))


@cache
def _any_of_former_times() -> Vocabulary:
    return Vocabulary(_FORMER_TIMES + _MAPS)


def tells_history(text: str) -> bool:
    """Tell whether a folded article is of years before 1992, by several or by its words, and hardly of recent ones."""
    old = sum(1 for _ in _old_years(text))
    if not old or old < _OLDER * len(_NEW_YEAR.findall(text)):
        return False
    return old > 1 or len(set(_OF_OLD_TIMES.findall(text))) >= _MANY_OF_OLD_TIMES


def _old_years(text: str) -> Iterator[str]:
    """Yield the years before 1992 of a folded text."""
    for number in _ANY_OLD_YEAR.finditer(text):  # the whole pattern would look at every character
        if year := _OLD_YEAR.search(text, max(0, number.start() - _BEFORE), number.end() + 2):
            yield year.group()
