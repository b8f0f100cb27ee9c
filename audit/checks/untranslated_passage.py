"""Find blocks, sentences and phrases that were left in another language, by its function words and letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from audit.expressions import expression
from audit.foreign.article import summed_up
from audit.foreign.evidence import STRONG, WEAK, Evidence, Word, best, is_own, weigh, words_of
from audit.foreign.lexicon import Language, Lexicon, lexicon
from audit.foreign.reciting import RECITED
from audit.language.detectors import DEFAULT, KNOWN, named
from audit.model import Block, Confidence, Document, Hit, Sighting, Table
from audit.text import Sentence, folded, sentences

_FEWEST = 4  # words of a passage
_LONG = 8  # words from which a whole block is sure, and a detector can be asked
_QUOTED = 6  # words of a quotation that may well be in its own language
_UNMIXED = 6  # words among which a sentence of the target language has one of its commonest
_WITHOUT = 5  # words without any of those of the target language, where a single one tells of another
_OWN = -1.5  # what a word of the target language takes from a phrase
_NEUTRAL = -0.2
_PHRASE = 3  # words that must tell of a language inside a sentence of the target language
_LATIN = expression(  # quoted everywhere as it is: sed, ergo, omnium, hominibus, discimus
    r"\b(?:sed|quam|quod|quae|quid|sunt|enim|atque|ergo|nec|neque|semper|nihil|omnia|homo|vitae|nobis|vobis|deus|pax|lex"
    r"|\p{L}+(?:[oa]rum|nium|[oai]ribus|[nt]ibus|[aei]mus|[aeu]ntur))\b"
)
_QUOTES = '"“”„«»‹›'
_LONG_WORD = expression(r"\b\p{L}{5,}")
_LONGEST_BLOCK = 20_000  # characters; what is longer is data, not a paragraph
_INTRODUCED = expression(  # "in English", in the words of the target languages
    r"\b(?:in (?:arabic|croatian|czech|dutch|english|french|german|hungarian|italian|latin|polish|portuguese|romanian"
    r"|russian|serbian|spanish|turkish|ukrainian|inglese|tedesco|francese|spagnolo|russo|ucraino|polacco|latino)"
    r"|(?:auf|aus dem) (?:deutsch|englisch|französisch|italienisch|latein|polnisch|russisch|serbisch|spanisch|türkisch"
    r"|ukrainisch)(?:en)?"
    r"|en (?:anglais|allemand|espagnol|italien|latin|polonais|russe|serbe|turc|ukrainien"
    r"|inglés|alemán|francés|italiano|latín|polaco|ruso|serbio|turco|ucraniano)"
    r"|em (?:inglês|alemão|francês|espanhol|italiano|latim|polaco|polonês|russo|sérvio|turco|ucraniano)"
    r"|po (?:angielsku|niemiecku|francusku|hiszpańsku|włosku|łacinie|rosyjsku|serbsku|turecku|ukraińsku)"
    r"|по-(?:английски|немецки|французски|испански|итальянски|польски|русски|сербски|турецки|украински)"
    r"|на (?:английском|немецком|французском|испанском|итальянском|латыни|польском|русском|сербском|турецком"
    r"|украинском)|(?:англійською|німецькою|французькою|іспанською|італійською|латиною|польською|російською|сербською"
    r"|турецькою)|na (?:engleskom|nemačkom|njemačkom|francuskom|španskom|italijanskom|latinskom|poljskom|ruskom|turskom"
    r"|ukrajinskom)"
    r"|на (?:енглеском|немачком|њемачком|француском|шпанском|италијанском|латинском|пољском|руском|турском|украјинском)"
    r")\b"
)


@dataclass(frozen=True)
class Check:
    """Compare the words of blocks that hold words of another language with those of `target`, a row of `table`.

    `detector` is asked where the words leave a doubt.
    """

    table: Table
    target: str
    detector: str = DEFAULT

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon(self.table, self.target)

    @cached_property
    def _letters(self) -> frozenset[str]:
        return frozenset().union(*(language.letters for language in self._lexicon.languages))

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset().union(*(language.own for language in self._lexicon.languages))

    @cached_property
    def literals(self) -> Sequence[str]:
        """The words that tell of another language, between spaces, and for Cyrillic texts letters that do."""
        letters = "" if self._lexicon.latin else sorted(letter for letter in self._letters if letter > "\u0400")
        return [*(f" {word} " for word in sorted(self._lexicon.words)), *letters]

    def find(self, document: Document, sightings: Sequence[Sighting]) -> Sequence[Hit]:
        """Return the passages in another language; of an article that is in one, only the first block."""
        if not sightings:
            return ()
        suspects = self._suspects(document, sightings)
        return summed_up(document, list(self._passages(document, suspects))) if suspects else ()

    def _passages(self, document: Document, suspects: set[int]) -> Iterator[Hit]:
        mine = (sentence for sentence in document.once(sentences) if sentence.block in suspects)
        for index, group in groupby(mine, key=lambda sentence: sentence.block):
            for hit in self._in_block(document, list(group)):
                yield _weakened(document, document.blocks[index], hit)

    def _suspects(self, document: Document, sightings: Sequence[Sighting]) -> set[int]:
        """Return the blocks that hold words of other languages, or letters of theirs."""
        found = {document.block_index(sighting.start + 1) for sighting in sightings}
        return {index for index in found if index is not None and _is_of_an_article(document, index)}

    def _in_block(self, document: Document, parts: Sequence[Sentence]) -> Iterator[Hit]:
        block = document.blocks[parts[0].block]
        text, small = document.text, document.once(folded)
        read = [words_of(text, small, part.start, part.end) for part in parts]
        everything = [word for words in read for word in words]
        whole = best(everything, self._lexicon)
        if self._is_wholly_foreign(read, everything, whole) and self._is_confirmed(document, block, whole):
            high = len(everything) >= _LONG and whole.strong >= 3
            yield _hit(block.start, block.end, whole.language, Confidence.HIGH if high else Confidence.MEDIUM)
            return
        for foreign, run in groupby(zip(parts, read, strict=True), key=lambda pair: self._is_foreign(pair[1], text)):
            mine = list(run)
            if foreign:
                words = [word for _, found in mine for word in found]
                yield _hit(mine[0][0].start, mine[-1][0].end, best(words, self._lexicon).language, Confidence.MEDIUM)
            else:
                for _, found in mine:
                    yield from self._phrase(text, found)

    def _is_wholly_foreign(self, parts: Sequence[Sequence[Word]], words: Sequence[Word], whole: Evidence) -> bool:
        """Tell whether a block is in another language, with no sentence among its own that is not."""
        if len(words) < _FEWEST or not _is_foreign(words, whole):
            return False
        return all(len(part) < _FEWEST or self._is_foreign(part) or _may_be(part, whole.language) for part in parts)

    def _is_foreign(self, words: Sequence[Word], text: str = "") -> bool:
        """Tell whether a sentence is in another language; with `text` given, a detector may tell it of short ones."""
        if len(words) < _FEWEST:
            return False
        found = best(words, self._lexicon)
        return _is_foreign(words, found) or (bool(text) and self._is_without_own(words, found, text))

    def _is_without_own(self, words: Sequence[Word], found: Evidence, text: str) -> bool:
        """Tell whether a sentence has a word of another language and none of the target's, and a detector agrees.

        It is asked since a list of things has none of the commonest words either.
        """
        if len(words) < _WITHOUT or found.own or found.language.tag == "en" or _is_refrain(words):
            return False
        if 3 * sum(word.name for word in words) > len(words) or not self._own.isdisjoint(word.folded for word in words):
            return False
        if any(_LATIN.fullmatch(word.folded) for word in words):
            return False
        if not any(weigh(word, found.language) == STRONG for word in words):
            return False
        if self.target not in KNOWN:
            return False
        candidates = (self.target, found.language.tag) if found.language.tag in KNOWN else KNOWN
        return named(self.detector).detect(text[words[0].start : words[-1].end], candidates) not in (self.target, None)

    def _is_confirmed(self, document: Document, block: Block, found: Evidence) -> bool:
        """Tell whether a detector, asked where the words leave a doubt, does not read the target language."""
        if not found.own or found.strong >= 4 * found.own or not {found.language.tag, self.target}.issubset(KNOWN):
            return True
        candidates = (self.target, found.language.tag)
        return named(self.detector).detect(document.text[block.start : block.end][:2000], candidates) != self.target

    def _phrase(self, text: str, words: Sequence[Word]) -> Iterator[Hit]:
        """Yield the stretch of a sentence of the target language that most speaks for another one, if it is enough."""
        found = best(words, self._lexicon)
        enough = _PHRASE + (found.language.tag == "en")  # English names and titles stand everywhere
        if found.strong < enough:
            return
        weights = [_OWN if is_own(word, found.language) else weigh(word, found.language) for word in words]
        first, last = _heaviest([weight or _NEUTRAL for weight in weights])
        if last < len(words) and weights[last - 1] > 0 and weights[last] == 0 and not words[last].name:
            last += 1  # a function word goes with the one after it
        inside = words[first:last]
        strong = weights[first:last].count(STRONG)
        if strong < enough or len(inside) < _FEWEST or 2 * sum(word.name for word in inside) > len(inside):
            return
        if _is_quoted(text, inside) or _is_refrain(inside):
            return
        yield _hit(inside[0].start, inside[-1].end, found.language, Confidence.MEDIUM)


def _is_foreign(words: Sequence[Word], found: Evidence) -> bool:
    """Tell whether a stretch of words is in another language: much speaks for it, and hardly a word for the target."""
    sure = not found.own and len(words) >= _UNMIXED and found.strong >= 2 and found.language.tag != "en"
    if 4 * found.own >= max(found.weight, 1) or found.weight < (2 if sure else 2.5):
        return False
    if _is_refrain(words):
        return False
    if found.strong < 2 and (found.own or found.strong + found.weight < 3.75):
        return False
    if found.strong < 3 and 2 * sum(word.name for word in words) >= len(words):
        return False
    share = 0.3 if found.language.tag == "en" else 0.18  # English names and titles stand everywhere
    return found.weight >= share * len(words)


def _may_be(words: Sequence[Word], language: Language) -> bool:
    """Tell whether a sentence may be in `language`: something speaks for it, and no word for the target language."""
    return any(weigh(word, language) > WEAK for word in words) and not any(is_own(word, language) for word in words)


def _heaviest(weights: Sequence[float]) -> tuple[int, int]:
    """Return the slice of `weights` with the largest sum (Kadane's algorithm)."""
    top, span, total, start = 0.0, (0, 0), 0.0, 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, index
        total += weight
        if total > top:
            top, span = total, (start, index + 1)
    return span


def _is_refrain(words: Sequence[Word]) -> bool:
    """Tell whether a few words come again and again, which are those of any language: na na na na, hey hey hey."""
    return len(words) < 5 * _LONG and 2 * len({word.folded for word in words}) < len(words)


def _is_quoted(text: str, words: Sequence[Word]) -> bool:
    """Tell whether a quotation begins shortly before `words`, or in their first half."""
    middle = words[len(words) // 2].start
    before = text[max(0, words[0].start - 40) : middle].rpartition("\n")[2]
    return any(mark in before for mark in _QUOTES)


def _is_of_an_article(document: Document, index: int) -> bool:
    block = document.blocks[index]
    return block.end - block.start <= _LONGEST_BLOCK


def _weakened(document: Document, block: Block, hit: Hit) -> Hit:
    """Return the hit, with low confidence where the page, quotation marks or an introduction explain the language."""
    target = (document.target_language or "").partition("-")[0]
    around = document.text[max(block.start, hit.start - 60) : hit.start] + document.text[hit.end : hit.end + 60]
    text = document.text[hit.start : hit.end]
    short = text[0] in _QUOTES and (len(text.split()) <= _QUOTED or _is_title(text))
    slogan = hit.values["language"] == "English" and len(text.split()) < _LONG
    marked = block.language is not None and block.language.partition("-")[0] != target
    if marked or short or slogan or _INTRODUCED.search(around.lower()) or _is_recited(document, block, hit):
        return Hit(hit.start, hit.end, Confidence.LOW, hit.values)
    return hit


def _is_recited(document: Document, block: Block, hit: Hit) -> bool:
    """Tell whether a passage is in a quotation that is introduced as verse or the like."""
    text = document.once(folded)
    inside = text.count('"', block.start, hit.start) % 2
    opening = text.rfind('"', block.start, hit.start) if inside else text.find('"', hit.start, hit.start + 1)
    return opening >= 0 and bool(RECITED.search(text, max(block.start, opening - 80), opening))


def _is_title(text: str) -> bool:
    """Tell whether all longer words begin with capitals, as in English titles."""
    words = _LONG_WORD.findall(text)
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _hit(start: int, end: int, language: Language, confidence: Confidence) -> Hit:
    return Hit(start, end, confidence, {"what": "This", "language": language.name})
