"""Judge how sure it is that words of the table are left over from a page."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, NamedTuple, TypeAlias

import regex

from audit.expressions import expression
from audit.model import Block, Confidence, Document, Kind
from audit.phrases.addressing import addresses_readers, sends_to_help
from audit.phrases.wordings import Phrase, is_foreign
from audit.text import folded, sentences

Addressed: TypeAlias = Literal["", "readers", "user"]
"""To whom a table's wordings speak: a page to its readers, a model to its user."""

NEAR = 2_000  # characters around a leftover in which its brackets may open and close, or tell who said it
_PARAGRAPH = 180  # characters from which on a single sentence is no caption
_STOPS = '.!?…"”»'
_TITLE = 160  # characters of the title of another story, with its label
_OPENINGS, _CLOSINGS = "\"'“„«»‘‚", "\"'”“»«’‘"
_ADDRESSED = expression(  # a page speaks to its readers; what addresses nobody is a paragraph of the article
    r"\b(?:you|yours?|us|ours?|we|please|must|will be|may not|allowed|prohibited|forbidden|reserved|responsib\w+"
    r"|click|editor\w*|policy|link|reprint\w*|permission)\b|@|©|://"
)
_REPORTED = expression(
    r"\b(?:said|says|told|asked|wrote|reported|argued|added|warned|insisted|according to|sagte?n?|erklärte?n?|laut|dit"
    r"|disent|selon|dijo|dice|dicen|según|secondo|disse|ha detto|ha dichiarato|a dit|a déclaré|ha dicho"
    r"|diz|segundo|mówi|powiedzia\w+|говор\w+|сказал\w*|каже"
    r"|сказа[вл]\w*|kaže"
    r"|rekao|rekla|рекао|рекла|answered|replied|responded|antworteten?|répondit|répondu|respondió"
    r"|respondieron|rispose"
    r"|risposto|respondeu|odpowiedzia\w+|ответил\w*|отвечает|відповіл\w+|відповів|відповідає|odgovori(?:o|la)"
    r"|одговори(?:о|ла))\b"
)
_ATTRIBUTED = expression(r'["“„«»][^"“”„«»\n]+(?:[,.!?…]["“”«»]|["“”«»],) \p{Ll}')  # "Go," the sign said
_QUOTED = expression(r"[„“«»\"][^„“”«»\"\n]+[”“»«\"][.,:;]? +\p{L}+ \p{L}")  # and the article goes on about it
_TOLD = expression(  # what a sign, a post or people say, and who they are: "Follow us, the posters urge"
    r",[\"”“»]? (?:(?!(?:we|you|I|please|and|or|to) )"
    r"(?:\p{L}+ ){1,4}(?:say|claim|complain|urge|promise|admit|argue)s?(?=[.,;])"
    r"|(?:says|reads|runs|goes) (?:a|the|its|his|her|one)\b"
    r"|(?:asked|asks|wrote|writes|shouted|replied) (?:a|the|its|his|her|one|\p{Lu})"
    r"|(?:fragte?n?|rief(?:en)?|(?:lança|demanda|écrivit|répondit|cria)(?:it|ient)?|preguntó|preguntaba|gritó|respondió"
    r"|chiese|chiede|scrisse|gridò|perguntou|escreveu|gritou|zapytała?|pytała?|pyta|zawołała?"
    r"|спросила?|спросили|написала?|крикнула?|спитав|спитала|запитав|запитала|написав|гукнула?"
    r"|pitao|pitala|pitali|pita se|napisao|napisala|питао|питала|написао|savetuju|savjetuju)\b"
    r"|(?:steht|stand|heißt|hieß|lautete?t?|schreibt|schrieb|klagt|rät|rieten?|raten|empfiehlt|empfehlen|mahnt"
    r"|warnt|bittet|fordert|ruft"
    r"|(?:schreiben|klagen|mahnen|warnen|fordern|rufen)(?! (?:Sie|wir|uns|mir)))\b"
    r"|(?:lit-on|peut-on lire|proclame|affiche|écrit|écrivent|indique|promet|promettent|disait|conseille"
    r"|recommande|invite|prévient)\b"
    r"|(?:reza|rezaba|se lee|se leía|pone|ponía|escribió|escriben|proclama|advierte|advierten|decía|aconseja"
    r"|aconsejan|recomienda|aconselha|recomenda|dizia|piden|lê-se|lia-se)\b"
    r"|(?:si legge|si leggeva|recita|recitava|scrive|scrivono|c'è scritto|avverte|avvertono|consiglia"
    r"|raccomanda|diceva)\b"
    r"|(?:głosi|głosił|pisze|piszą|napisał|czytamy|widnieje|ostrzega|ostrzegają|radzi|radzą|zaleca|mawiała?"
    r"|apeluje|apelują|zachęca|zachęcają)\b"
    r"|(?:написано|гласит|гласила|говорится|пишет|пишут|просит|просят|призывает|призывают|жалуются|обещает"
    r"|обещают|советует|советуют|рекомендует|рекомендуют|говорила?|твердила?)\b"
    r"|(?:пише|пишуть|ідеться|йдеться|мовиться|просить|просять|закликає|закликають|обіцяє|обіцяють|скаржаться"
    r"|радить|радять|рекомендує|казала)\b"
    r"|(?:piše|pišu|pisalo|stoji|stajalo|poručuje|poručuju|savetuje|savjetuje|preporučuje|govorila|govorio"
    r"|žale se|mole|poziva|pozivaju|upozorava|upozoravaju)\b"
    r"|(?:glasi(?:la|lo|o)?|гласи(?:ла|ло|о)?|brzmi(?:ał[ao]?)?|głosiła|звучи?т|звучал[аио]?|звучи?ть|звучав)\b"
    r"|(?:пишу|писало|стоји|стајало|поручује|поручују|саветује|препоручује|говорио|жале се|моле|позива|позивају"
    r"|упозорава|упозоравају)\b)"
)
_DIALOGUE = expression(  # – Go, – she said: a verb of the past in a Slavic language behind the second dash
    r"(?:[-–—][ \u00a0][^\n]*?[ \u00a0][-–—][ \u00a0](?:\p{Ll}+ ){0,2}|[^\n]*?[ \u00a0][-–—][ \u00a0])"
    r"(?:\p{Ll}+(?:ł|ł[ai]|li|[aeiu]o|la|lo|ла|ли|л|[ауеи]о|[аиіїую]в)(?:ся|сь)?|mówi|pyta|каже|говорит|kaže)(?!\p{L})"
)
_WRITTEN = expression(  # "the letter says: click here"
    r"(?<!\b(?:you|also|can|could|might|would|to|auch|kann|können|könnten?|würden?) )"
    r"\b(?:writes?|says|reads|schreib(?:t|en)|lautet|steht|écri(?:t|vent)|escriben?|dicen?|scriv(?:e|ono)"
    r"|escrevem?|pisz[eą]"
    r"|piš[eu]|пиш(?:ет|ут|е|уть|у)|гласит|каже|kaže)\b[^.:!?]{0,30}: "
)
_FRAUD = expression(  # whose victims are told to click
    r"\b(?:scam|fraud|phishing|betr[uü]g|escroc|escroquer|arnaqu|estaf|timador|truff|golpis|golpe|oszu[sś]"
    r"|wyłudz|мошенн|фишинг"
    r"|шахра|фішинг|prevar|превар|malware|hacker|haker|хакер)"
)
_CLICK = expression(r"\b(?:clic|cliqu|klik|klick|link|enlace|pinchando|ссылк|нажм|нажав|посиланн|натисн|линк|клик)")
_REFERENCE = expression(  # to a part of a law or a book, by its number
    r"\W*(?:see|siehe|voir|véase|vea|ver|vedi|veja|zobacz|patrz|смотрите|см|дивіться|див|vidi|vidite|види|видите)\b"
    r"[^.:]{0,20}[.:]? ?\b"
    r"(?:articles?|sections?|chapters?|annex|appendix|tables?|figures?|pages?|paragraphs?|notes?|volume"
    r"|artikels?|kapitels?|abschnitt|anhang|tabelle|abbildung|seite|absatz|ziffer|randnummer|anlage|band"
    r"|chapitre|annexe|tableau|alinéa|art[ií]culo|cap[ií]tulo|sección|anexo|página|cuadro|tabla|articolo"
    r"|capitolo|allegato"
    r"|tabella|artigo|seção|secção|artykuł|rozdział|załącznik|tabela|rycina|strona|paragraf"
    r"|стать[яюи]|глав[ауы]|раздел|приложение|таблиц[ауяюі]|рисунок|статт[яюі]|розділ|додаток"
    r"|član|članak|poglavlje|prilog|tabelu|sliku|член|члан|чланак|поглавље|прилог|табелу|слику"
    r"|art\.|sec\.|ch\.|fig\.|abb\.|pp?\.|ст\.|рис\.|§) ?(?:\d|[ivx]+\b)",
    regex.IGNORECASE,
)


class Leftover(NamedTuple):
    """The span of a leftover in block `number`, with the phrases of the table that it consists of.

    `company` says that it holds other phrases, too.
    """

    start: int
    end: int
    number: int
    phrases: tuple[Phrase, ...]
    company: bool = False


def confidence_in(
    document: Document, leftover: Leftover, block: Block, supported: bool, addressed: Addressed = ""
) -> Confidence:
    """Return the surest phrase's confidence, moved by the wording's language, its company and the kind of block.

    Of open wordings in the article's own language those count that are `addressed` to whom a page or a model speaks.
    """
    level = int(max(phrase.confidence for phrase in leftover.phrases))
    target = block.language or document.target_language or ""
    known = all(phrase.known for phrase in leftover.phrases)
    foreign = all(is_foreign(phrase.languages, target) for phrase in leftover.phrases)
    if foreign:
        level += 1
    elif all(phrase.place == "foreign" for phrase in leftover.phrases):
        return Confidence.LOW
    prose = level == Confidence.LOW and leftover.phrases[0].inside
    supported = supported or _stands_alone(document, leftover)
    level += (supported and not prose) or (known and len(leftover.phrases) > 1)
    level -= block.kind in (Kind.HEADLINE, Kind.HEADING, Kind.CELL)
    if block.kind is Kind.HEADLINE and (
        any(phrase.notation.endswith("[: …]") for phrase in leftover.phrases)
        or _opens_with_quotation(document.text[leftover.start : leftover.end])
    ):
        level = Confidence.LOW  # what begins with a label or a quotation and goes on is a headline of the article's own
    if addressed and not (known or foreign or _is_addressed(document, leftover, addressed)):
        level = Confidence.LOW
    if not known and (_is_reported(document, leftover, block) or _goes_on(document, leftover)):
        level = Confidence.LOW
    if not known and document.text[leftover.end - 1] == "." and any(one.place == "title" for one in leftover.phrases):
        level = Confidence.LOW
    if leftover.number == len(document.blocks) - 1 and all(one.place == "start" for one in leftover.phrases):
        level = Confidence.LOW
    if not known and _REFERENCE.match(document.text, leftover.start, leftover.end):
        level = Confidence.LOW
    return Confidence(min(max(level, Confidence.LOW), Confidence.HIGH))


def _is_addressed(document: Document, leftover: Leftover, addressed: Addressed) -> bool:
    span = (document.once(folded), leftover.start, leftover.end)
    return addresses_readers(*span) if addressed == "readers" else not sends_to_help(*span)


def _opens_with_quotation(text: str) -> bool:
    """Tell whether a quotation opens `text` and is closed in it."""
    return text[0] in _OPENINGS and any(mark in _CLOSINGS for mark in text[1:])


def _is_reported(document: Document, leftover: Leftover, block: Block) -> bool:
    """Tell whether somebody is said to have said so, near the leftover: in all of a paragraph, but not of a book.

    What stands in brackets nobody said; a sentence of its own is said by those whom it names, or in quotation marks.
    """
    if document.text[leftover.start] in "([" and leftover.start > block.start:
        return False
    if _QUOTED.match(document.text, leftover.start, block.end):
        return True
    first, last = max(block.start, leftover.start - NEAR), min(block.end, leftover.end + NEAR)
    if leftover.phrases[0].place == "sentence":
        if document.once(folded).count('"', first, leftover.start) % 2:
            return True
        first, last = leftover.start, leftover.end
    said = any(pattern.search(document.text, first, last) for pattern in (_REPORTED, _TOLD, _WRITTEN))
    said = said or bool(_ATTRIBUTED.match(document.text, first, last) or _DIALOGUE.match(document.text, first, last))
    return said or _is_of_fraud(document, first, last)


def _is_of_fraud(document: Document, first: int, last: int) -> bool:
    """Tell whether an invitation to click stands in an article on those who cheat with such."""
    text = document.once(folded)
    return bool(_CLICK.search(text, first, last) and _FRAUD.search(text, max(0, first - NEAR), last + NEAR))


def _stands_alone(document: Document, leftover: Leftover) -> bool:
    """Tell whether a line of source or picture has no caption or chart before it: there is a paragraph."""
    if leftover.number == 0 or not any(phrase.place == "alone" for phrase in leftover.phrases):
        return False
    before = document.blocks[leftover.number - 1]
    if before.kind not in (Kind.PARAGRAPH, Kind.LEDE) or document.text[before.end - 1] not in _STOPS:
        return False
    found = document.once(sentences)
    last = found[bisect_right(found, before.end - 1, key=lambda sentence: sentence.start) - 1]
    return last.start > before.start or before.end - before.start >= _PARAGRAPH


def _goes_on(document: Document, leftover: Leftover) -> bool:
    """Tell whether a leftover in English begins as a label does but goes on with sentences that address nobody."""
    if not any("en" in phrase.languages for phrase in leftover.phrases):
        return False
    found = document.once(sentences)
    index = bisect_right(found, leftover.start, key=lambda sentence: sentence.start)
    if index >= len(found) or found[index].start >= leftover.end:
        return False
    if document.text[leftover.end - 1] not in _STOPS and leftover.end - leftover.start <= _TITLE:
        return False  # a title of two sentences has no full stop
    text = document.once(folded)
    return found[index].end - found[index].start > 20 and not _ADDRESSED.search(text, found[index].start, leftover.end)
