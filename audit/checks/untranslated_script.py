"""Find words and passages that were left in another script than the target language's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from audit.expressions import expression
from audit.foreign.article import summed_up
from audit.foreign.reciting import RECITED
from audit.foreign.scripts import foreign_leads
from audit.model import Block, Confidence, Document, Hit, Sighting
from audit.text import folded

_CYRILLIC_LEADS = b"\xd0\xd1\xd2\xd3\xd4"
_CYRILLIC_TARGETS = ("ru", "uk", "be", "bg", "mk", "sr-cyrl")
_NOT_SERBIAN = expression("(?i)[ыэёъщьюяйіїєґў]")  # an article in Latin letters may quote Serbian in Cyrillic ones
_LETTER = r"[\p{Cyrl}\p{Grek}\p{Hebr}\p{Arab}\p{Han}\p{Hira}\p{Kana}\p{Hang}\p{Thai}\p{Deva}\p{Geor}\p{Armn}\p{Beng}]"
_BESIDE_CYRILLIC = _LETTER.replace(r"\p{Cyrl}", "")
_BETWEEN = r"[\p{M}\p{N}\s,;:.!?…'’“”„«»\"()–—%/、。，．：；！？（）「」『』《》【】・〜·-]"
_RUN = r"{0}(?:{0}|{1}*+(?={0})){{0,5000}}+"
_RUNS = expression(_RUN.format(_LETTER, _BETWEEN))
_RUNS_BESIDE_CYRILLIC = expression(_RUN.format(_BESIDE_CYRILLIC, _BETWEEN))
_CYRILLIC = expression(r"\p{Cyrl}")
_SCRIPTS = (
    ("Russian", expression("[ыэё]")),
    ("Ukrainian", expression("[їєґ]")),
    ("Serbian", expression("[ђћџљњј]")),
    ("Cyrillic letters", _CYRILLIC),
    ("Greek", expression(r"\p{Grek}")),
    ("Hebrew", expression(r"\p{Hebr}")),
    ("Arabic letters", expression(r"\p{Arab}")),
    ("Japanese", expression(r"[\p{Hira}\p{Kana}]")),
    ("Chinese characters", expression(r"\p{Han}")),
    ("Korean", expression(r"\p{Hang}")),
    ("Thai", expression(r"\p{Thai}")),
    ("another script", expression("")),
)
_OPENING = "(\"“”„«[‘'’<‹"
_SPACED_OPENING = "«‹„"  # French sets a space behind them
_CLOSINGS = ")\"”“»]’'>›"
_NEAR = 60  # characters in which a quotation is called a proverb
_GLUED = "#@/_-&=."
_SPACELESS = expression(r"[\p{Han}\p{Hira}\p{Kana}\p{Thai}]")
_GLOSSED = expression(r"\p{Lu}[\p{L}\p{M}'’-]* $")  # Shinto 神道
_LANGUAGES = expression(
    r"\b(?:English|Deutsch|Français|Español|Italiano|Português|Türkçe|Polski|Nederlands|Srpski|Hrvatski|Shqip|Română"
    r"|[Рр]усский|[Уу]країнська|[Сс]рпски|[Бб]ългарски|[Мм]акедонски)\b|العربية|日本語|中文|简体|繁體|한국어|हिन्दी|فارسی|ελληνικά|עברית|اردو|دری|پښتو"
)
_ONE_BY_ONE = expression(r"\p{L}\p{M}*(?:\P{L}+\p{L}\p{M}*)*")  # letters of an alphabet: А, Б, В
_ALPHABET = expression(
    r"\b(?:alphabet|alfabet|abeced|azbu|cyril|kyril|cirill|cirílic|ćirilic|абетк|алфавит|азбу|кирил|ћирилиц)"
)
_MENTIONED = 3  # words at most that an article on an alphabet shows
_MEANING = expression(
    r"(?:,? (?:which |that )?(?:means?|meaning|translates|stands for)\b|(?:,|:| [(–—-])? ?[“‘\"'„«]\p{Ll})"
)
_LONG = 8  # words from which a passage is sure
_SENTENCE = 4  # words from which one without capitals may be a sentence
_SHORT = 40  # characters that a message repeats
_NAMED = expression(
    r"(?:\b(?:in|from) \w+|\b(?:word|words|letter|letters|term|phrase|name|slogan|hashtag|called|meaning|means|written"
    r"|known as|(?:sign|banner|board|poster|placard|plaque)s?(?: that| which)? (?:says?|said)|reads?|reading"
    r"|wort|mot|palabra|parola|reč|riječ|słowo|russian|ukrainian|chinese|japanese|arabic|greek"
    r"|hebrew|korean|serbian|bulgarian|persian|thai)),?:? ?$"
)


@dataclass(frozen=True)
class Check:
    """Report letters of another script; names in brackets, quotations, word explanations and tags are left alone."""

    literals = ()  # foreign letters are told by their bytes

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Sequence[Hit]:
        """Return the words and passages in another script; of an article that is in one, only the first block."""
        leads = b"" if document.text.isascii() else document.once(foreign_leads)
        if not leads:
            return ()
        cyrillic = (document.target_language or "").lower().startswith(_CYRILLIC_TARGETS)
        if cyrillic and not leads.strip(_CYRILLIC_LEADS):
            return ()
        runs = _RUNS_BESIDE_CYRILLIC if cyrillic else _RUNS
        found = [hit for block in document.blocks for hit in _in_block(document, block, runs)]
        if found and (document.target_language or "").lower().startswith("sr-latn"):
            found = [hit for hit in found if _is_foreign_to_serbian(document.text[hit.start : hit.end])]
        return summed_up(document, found)


def _in_block(document: Document, block: Block, runs: regex.Pattern[str]) -> Iterator[Hit]:
    text = document.text
    if text[block.start : block.end].isascii():
        return
    spans = [found.span() for found in runs.finditer(text, block.start, block.end)]
    if not spans or _is_choice(text, block):
        return
    alone = len(spans) == 1 and _is_alone(text, block, *spans[0])
    for start, end in spans:
        hit = _hit(document, block, start, end, alone)
        if hit is not None:
            yield hit


def _is_foreign_to_serbian(found: str) -> bool:
    """Tell whether what was found has no Cyrillic letters, or some that Serbian in its other script does not have."""
    return _CYRILLIC.search(found) is None or _NOT_SERBIAN.search(found) is not None


def _is_alone(text: str, block: Block, start: int, end: int) -> bool:
    """Tell whether a block has no letters but those of `start:end`."""
    return not any(map(str.isalpha, text[block.start : start] + text[end : block.end]))


def _is_of_an_alphabet(document: Document) -> bool:
    return _ALPHABET.search(document.once(folded)) is not None


def _is_choice(text: str, block: Block) -> bool:
    """Tell whether a block offers languages to read in, each by its own name."""
    return len(set(_LANGUAGES.findall(text, block.start, block.end))) > 1


def _hit(document: Document, block: Block, start: int, end: int, alone: bool) -> Hit | None:
    """Return what is wrong with `start:end`, a run of another script, perhaps all that its block says.

    None for a quotation or part of a word.
    """
    text = document.text
    words = _words(text[start:end])
    if _is_meant(text, block, start, end, words):
        return None
    if alone:
        start, end = block.start, block.end
        if words < 3:
            return None  # a link to another edition, a caption's name
    else:
        end += _closing(text, start, end, block.end)
    confidence = Confidence.HIGH if words >= _LONG else Confidence.MEDIUM
    recited = _is_quoted(text, block, start, end) and _is_recited(document, block, start, end)
    if block.language is not None or recited or (words <= _MENTIONED and document.once(_is_of_an_alphabet)):
        confidence = Confidence.LOW
    found = text[start:end]
    what = f"“{found}”" if len(found) <= _SHORT else "This"
    return Hit(start, end, confidence, {"what": what, "language": _language(found.lower())})


def _is_meant(text: str, block: Block, start: int, end: int, words: int) -> bool:
    """Tell whether `start:end` is part of a word or an address, too short to say anything, a quotation or a name."""
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    if before.isalnum() or after.isalnum() or before in _GLUED or after in "_@-/":
        return True
    found = text[start:end]
    if sum(map(str.isalpha, found)) < 3 and words < 2:
        return True
    if _LANGUAGES.fullmatch(found.strip()) or _ONE_BY_ONE.fullmatch(found):
        return True
    lead = text[max(block.start, start - 40) : start].lower()
    if words <= _MENTIONED and (_MEANING.match(text, end, block.end) or (lead.endswith(", or ") and after == ",")):
        return True
    quoted = before in _OPENING or lead[-2:].rstrip()[-1:] in tuple(_SPACED_OPENING)
    glossed = words <= 3 and _SPACELESS.match(found) and _GLOSSED.search(text, max(block.start, start - 40), start)
    return words <= 6 and (quoted or bool(glossed) or _NAMED.search(lead) is not None)


def _is_quoted(text: str, block: Block, start: int, end: int) -> bool:
    """Tell whether quotation marks open right before `start` and close right behind `end`."""
    return (
        start > block.start
        and text[start - 1] in _OPENING
        and any(mark in _CLOSINGS for mark in text[end - 1 : end + 3])
    )


def _is_recited(document: Document, block: Block, start: int, end: int) -> bool:
    """Tell whether what stands around a quotation calls it a proverb, verse or the like."""
    text = document.once(folded)
    first, last = max(block.start, start - _NEAR), min(block.end, end + _NEAR)
    return bool(RECITED.search(text, first, start) or RECITED.search(text, end, last))


def _words(found: str) -> int:
    return len(found.split()) + len(_SPACELESS.findall(found)) // 2


def _closing(text: str, start: int, end: int, limit: int) -> int:
    """Return how many marks after a sentence belong to it."""
    if text[start].islower() or _words(text[start:end]) < (2 if text[start].isupper() else _SENTENCE):
        return 0
    count = 0
    while end + count < limit and text[end + count] in '.!?…»”“"。！？؟」』':
        count += 1
    return count


def _language(found: str) -> str:
    return next(name for name, script in _SCRIPTS if script.search(found))
