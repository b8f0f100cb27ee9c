"""What stands around a name: signs that it is a person, a place, a title, an address, history, or meant as it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import regex

from audit.expressions import expression
from audit.model import Block, Document
from audit.text import folded

REACH = 48  # characters before and after a name that may explain it
_TITLE = 80  # characters of a quoted title on each side of the name
_NEAR = 600  # characters before and after a name that say which country it lies in
_QUOTES = 4000  # characters before a name in which quotation marks are counted
_REGION = expression(r"[ -](?:regions?|regional|oblasts?|province|obl|governor|military administration|ova|rma|oma)\b")
_REGIONS = expression(r"(?:(?:,? and|,? or|,) [\p{L}'-]+(?: [\p{L}'-]+)?){1,12}? (?:regions|oblasts|provinces)\b")
_REGIONS_OF = expression(r"(?:regions|oblasts|provinces) of (?:[\p{L}'-]+(?: [\p{L}'-]+)?(?:,? and |,? or |, ))*$")
_LIST = 160  # characters of a list of regions before and after a name
_AFTER_ADJECTIVE = expression(
    r"[ -](?:regions?|oblasts?|provinces?|obl|district|npp|nuclear|state|str"
    r"|direction|axis|front|sector|raion|reservoir|dam|hydro|hpp|hydroelectric|thermal|tpp|power|estuary|cemetery"
    r"|(?:(?:urban|rural|village|city|settlement|united) )?(?:territorial )?(?:community|hromada))\b"
)
_OF_A_PLACE = expression(
    r"(?:'s)?,? (?:regions?|regional|oblasts?|province|district|city|area|airport|air base|airfield|port|nuclear|npp"
    r"|(?:(?:in )?(?:the )?(?:north|south|east|west|centr|northeast|southeast|northwest|southwest)(?:ern|al)? )?ukraine"
    r"|front|direction|sector|axis|residents?|mayor|governor|suburbs?|bridge|shipyards?|railway|highway|battlefront)\b"
)
_AT_A_PLACE = expression(
    r"(?:\b(?:in|near|outside|around|into|towards?|across|inside|throughout|cit(?:y|ies) of|port of|towns? of|town|city"
    r"|villages? of|village|region of|mayor of|governor of|(?:attacks?|strikes?|advance|assault|shelling) (?:on|of)"
    r"|(?:trains?|bus(?:es)?|flights?|roads?|ambulance|journey|trucks?|convoys?|kilomet(?:er|re)s|km|miles) (?:from|to)"
    r"|neighbou?ring|nearby|downtown|occupied|liberated|besieged|frontline|shelled|bombed)) $"
)
_INITIAL = expression(r"(?:^|[^\p{L}])\p{Lu}\.\s?$")
# (?r): from the end backwards, since that is where it must match
_WORD_BEFORE = expression(r"(?r)([\p{L}'’]+)\.?[  ]$")
_NEIGHBOUR_BEFORE = expression(r"([\p{L}' ]+?)(?:, and|,| and| or| to)? $")
_NEIGHBOUR_AFTER = expression(r"(?:, and|,| and| or| to) ([\p{L}']+(?: [\p{L}']+)?)")
_SPEAKER = (
    r"(?:,? (?:who|himself|whose|and (?:his|her))\b|, (?:\d\d\b|the |an? )|(?:,[^.,]{1,40},)? (?:also |then |later )?"
    r"(?:said|says|told|tells|add(?:s|ed)|wr(?:ites|ote)|not(?:es|ed)|believe[sd]|thinks?|thought|recall(?:s|ed)"
    r"|explain(?:s|ed)|stress(?:es|ed)|agree[sd]|asked|claims|claimed|scored|played|replied|called|praised|thanked|signed"
    r"|resigned|died|served|met|admitted|insisted|won)\b"
    r"|'s (?:wife|husband|mother|father|son|daughter|lawyers?|family|goal|book|words)\b)"
)
_PLAIN_BEFORE = (
    r"(?:^|[\"'(]|[.!?:;] ?|, |\b(?:in|from|to|for|of|and|but|that|the|through|via|between|while|when|where|near|left"
    r"|leav(?:e|ing)|reach(?:ed|ing)?|visit(?:s|ed|ing)?|hit|shell(?:ed|ing)|attack(?:ed|ing)?|str(?:iking|uck)) )$"
)
_CAPITALISED_BEFORE = r"(?<!\p{L})(\p{Lu}\p{Ll}+) $"
_PARTICLES = frozenset(
    ("In", "From", "To", "For", "Of", "And", "But", "That", "The", "Near", "At", "On", "While", "When")
)
_SURNAME = expression(r" (\p{Lu}[\p{L}'’-]+)")
FORMS_OF_ADDRESS = frozenset(("Mr", "Mrs", "Ms", "Miss", "Dr"))
"""Words of the table of given names that tell nothing of who the person is."""
_INSTITUTIONS = frozenset(
    (
        "region",
        "regional",
        "oblast",
        "port",
        "mayor",
        "city",
        "governor",
        "military",
        "state",
        "national",
        "opera",
        "film",
        "international",
        "university",
        "airport",
        "museum",
        "district",
        "council",
        "administration",
        "seaport",
        "railway",
        "archaeological",
        "and",
    )
)
_THEN_NOW = expression(
    r"['\"]? ?(?:\(['\"]?(?:or |also |formerly |previously |in russian,? |russian:? )?['\"]?|/ ?|, or | or )"
)
_NOW_THEN = expression(
    r"['\"]? ?(?:\(['\"]?(?:or |now |today |officially |in ukrainian,? |ukrainian:? )?['\"]?|/ ?|, or | or"
    r" |, now |, today )"
)
_AFTER_CYRILLIC = expression(r"\p{Cyrillic}['\"]?[,;]? \(?$")  # Russian: Харьков, Kharkov
_ADDRESS_SIGNS = ("://", "www.", "@", "#", "_", "\\", ".com", ".org", ".html")


class Spot(NamedTuple):
    """A name at `start:end` inside `block`; `text` is the document's, folded and with spaces for hyphens."""

    document: Document
    text: str
    start: int
    end: int
    block: Block

    @property
    def name(self) -> str:
        """The name as it stands in `text`."""
        return self.text[self.start : self.end]

    def before(self, reach: int) -> str:
        """Return up to `reach` characters of the block before the name."""
        return self.text[max(self.block.start, self.start - reach) : self.start]

    def after(self, reach: int) -> str:
        """Return up to `reach` characters of the block after the name."""
        return self.text[self.end : min(self.block.end, self.end + reach)]


def begins(text: str, start: int) -> bool:
    """Tell whether a word of prose begins at `start`, not the rest of a word, a tag or a handle."""
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "@#_")


def ends(text: str, end: int, plural: bool) -> bool:
    """Tell whether a word ends at `end`, its plural s left aside if it may have one or an apostrophe follows."""
    rest = text[end : end + 3]
    if rest.startswith("s") and (plural or rest[1:2] == "'"):
        rest = rest[1:]
    if rest[:1] == "." and rest[1:2].isalnum():
        return False
    return not rest[:1].isalnum() and rest[:1] not in ("@", "_")


def is_address(text: str, start: int, end: int) -> bool:
    """Tell whether `start:end` is part of a web or mail address, a tag or a file name."""
    before = text[max(0, start - 60) : start].rsplit(None, 1)[-1:] if start and not text[start - 1].isspace() else []
    after = text[end : end + 60].split(None, 1)[:1] if not text[end : end + 1].isspace() else []
    token = "".join((*before, text[start:end], *after))
    return any(map(token.__contains__, _ADDRESS_SIGNS))


def is_before_region(spot: Spot, adjective: bool = False) -> bool:
    """Tell whether "region", "oblast" … follows, be it after others; after an adjective other nouns will do as well."""
    if adjective:
        return _AFTER_ADJECTIVE.match(spot.text, spot.end) is not None
    after = spot.after(_LIST)
    return bool(_REGION.match(after) or _REGIONS.match(after) or _REGIONS_OF.search(spot.before(_LIST)))


def is_person(spot: Spot, given_names: Collection[str]) -> bool:
    """Tell whether a given name, an initial or a form of address stands right before."""
    before = spot.document.text[max(spot.block.start, spot.start - 20) : spot.start]
    if "." in before[-3:] and _INITIAL.search(before):
        return True
    word = _WORD_BEFORE.search(before) if before[-1:].isspace() else None
    return word is not None and word.group(1) in given_names


def could_be_place(spot: Spot) -> bool:
    """Tell whether nothing beside the name speaks of a person: neither "coach Nikolaev" nor "Nikolaev, 34, said"."""
    return (
        regex.search(_PLAIN_BEFORE, spot.before(24)) is not None
        and regex.match(_SPEAKER, spot.text, pos=spot.end) is None
    )


def follows_capital(spot: Spot) -> bool:
    """Tell whether a word with a capital stands right before that is no particle: a given name not in the table."""
    before = spot.document.text[max(spot.block.start, spot.start - 24) : spot.start]
    word = regex.search(_CAPITALISED_BEFORE, before)
    return word is not None and word.group(1) not in _PARTICLES


def is_before_surname(spot: Spot) -> bool:
    """Tell whether a word with a capital follows that names neither an office nor an institution."""
    after = _SURNAME.match(spot.document.text, spot.end, spot.block.end)
    return after is not None and after.group(1).lower() not in _INSTITUTIONS


def is_at_place(spot: Spot) -> bool:
    """Tell whether the words beside a name say that it is a place: "near", "city of", "airport"."""
    return bool(_OF_A_PLACE.match(spot.text, spot.end) or _AT_A_PLACE.search(spot.before(24)))


def neighbours(spot: Spot) -> list[str]:
    """Return the words that a list would have beside the name: "Kherson" in "Kherson and Nikolaev"."""
    before = _NEIGHBOUR_BEFORE.search(spot.before(24))
    after = _NEIGHBOUR_AFTER.match(spot.text, spot.end)
    words = [before.group(1).rpartition(" ")[2]] if before else []
    return words + ([after.group(1), after.group(1).partition(" ")[0]] if after else [])


def is_title(spot: Spot) -> bool:
    """Tell whether the name stands in a short quotation whose long words all have capitals: a title, or a lone word."""
    text, block = spot.document.once(folded), spot.block
    opening = text.rfind('"', max(block.start, spot.start - _TITLE), spot.start)
    closing = text.find('"', spot.end, min(block.end, spot.end + _TITLE))
    if opening < 0 or closing < 0 or text.count('"', max(block.start, spot.start - _QUOTES), spot.start) % 2 == 0:
        return False
    words = spot.document.text[opening + 1 : closing].strip(" ,.").split()
    return all(not word[0].islower() for word in words if len(word) > 3)


def is_explained(spot: Spot, names: Collection[str]) -> bool:
    """Tell whether one of the folded `names` stands beside it on purpose: "Bakhmut (Artemovsk)", "Kyiv/Kiev"."""
    before, after = spot.before(REACH), spot.after(REACH)
    if _AFTER_CYRILLIC.search(before, max(0, len(before) - 6)):
        return True
    for name in names:
        _, found, gap = before.rpartition(name)
        if found and _THEN_NOW.fullmatch(gap):
            return True
        gap, found, _ = after.partition(name)
        if found and _NOW_THEN.fullmatch(gap):
            return True
    return False


def is_covered(spot: Spot, left: str, right: str) -> bool:
    """Tell whether `left` stands before the name and `right` after it (or after its plural), as whole words."""
    before, after = spot.before(REACH), spot.after(REACH)
    if left and not (before.endswith(left) and _is_edge(before, -len(left) - 1, left[0])):
        return False
    rests = (after, after[1:]) if after.startswith("s") else (after,)
    return not right or any(rest.startswith(right) and _is_edge(rest, len(right), right[-1]) for rest in rests)


def _is_edge(text: str, position: int, inner: str) -> bool:
    if not -len(text) <= position < len(text) or not inner.isalnum():
        return True
    return not text[position].isalnum()


def is_near(spot: Spot, words: Collection[str]) -> bool:
    """Tell whether one of the folded `words` stands in the same block, not far away."""
    near = spot.before(_NEAR) + spot.name + spot.after(_NEAR)
    return any(map(near.__contains__, words))


def whole_word(text: str, word: str) -> tuple[int, int] | None:
    """Return where `word` stands as a whole word, its first 20 occurrences looked at."""
    at = -1
    for _ in range(20):
        at = text.find(word, at + 1)
        if at < 0:
            return None
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return at, end
    return None
