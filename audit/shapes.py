"""Tell headline, lede, captions, bylines and counters among the blocks of an article by their shape."""

from __future__ import annotations

from functools import lru_cache

import ahocorasick_rs
import regex

from audit.model import Block, Document, Kind
from audit.text import folded, without_surrogates

_LONGEST_HEADLINE, _LONGEST_CAPTION, _LONGEST_LABEL, _SHORTEST_LEDE = 160, 400, 120, 40
_TOP = 12  # blocks among which the headline, the lede and captions without a credit are looked for

# Words that name a picture or its author, as they stand before a credit ("Foto: Reuters"), folded.
_PICTURES = (
    "photo photos photograph photography photographie photographer pictures picture images image imagen imagem immagine "
    "foto fotos fotó fotografie fotografia fotografía fotografija fotografije fotograf bild bilder bildquelle abbildung "
    "symbolbild symbolfoto archivbild grafik screenshot illustration illustrazione ilustracija ilustracje ilustracja "
    "ilustração ilustración ilustrace zdjęcie zdjęcia zdj. fot. snímek slika slike kép kuva bilde фото фотография "
    "фотографія фотографија фотографии снимка снимок слика зображення світлина изображение иллюстрация ілюстрація "
    "илустрација φωτογραφία φωτο fotoğraf görsel crédit crédits credit credits courtesy"
).split()
_SIGNS = ("©", "getty images", "shutterstock", "reuters/", "afp/", "epa/", "tass/", "ap/", "anadolu/", "dpa/")

_CREDIT = regex.compile(
    r"(?:photo |image |picture |foto |фото )?\L<pictures>(?:[ -](?:credits?|source|caption|copyright|illustration|archive|"
    r"arhiva|архива|архив|archiv))?"
    r"(?:\s?[:：/|©]|(?<=\.)(?=\s)|\sby\b|\scourtesy\b|,(?= getty| afp| reuters| epa)|\s[-–—](?=\s\S{2,30}$))\s*(?P<who>[^\s.:].{0,79})?",
    pictures=_PICTURES,
)
_AGENCY = regex.compile(
    r"(?:(?:reuters|afp|epa|tass|ap|anadolu|dpa)/\s?\p{L}[^.!?]{1,50}|getty images|shutterstock)[)\]]?\.?$"
)
_COPYRIGHT = regex.compile(
    r"©\s*(?!\s*(?:copyright\s*)?\d{4}|.*(?:rights|prava|права|rechte|droits|derechos))\S[^!?]{0,59}$"
)
_STOCK = regex.compile(
    r"\((?:[\w ]{0,20})?(?:file|archive|stock|illustrative|handout|ap) (?:photo|picture|image)s?[^()]{0,60}\)\.?$"
)

_COUNTED = regex.compile(
    r"(?:[\s|·•,/-]*(?:{number}\s*(?:{word})(?!\p{{L}})|(?:{word})\s*[:(-]?\s*{number}\)?|(?:{duration})))+[\s|·•.]*".format(
        number=r"\d[\d., ]*(?:[km]|tis\.|тыс\.)?",
        word=r"views?|view\(s\)|comments?|comment\(s\)|shares?|likes?|reactions?|reads?|replies|votes?|followers|subscribers"
        r"|min(?:ute)?s?\.?[ -]read(?:ing)?(?: time)?|min(?:ute)?s? to read|minutes? of reading"
        r"|aufrufe?|ansichten|kommentare?|reaktionen|min(?:uten?|\.)? lesezeit|mal geteilt|leser"
        r"|vues?|commentaires?|partages?|réactions?|lectures?|min(?:utes?)? de lecture"
        r"|vistas|visitas|visualizaciones|comentarios?|compartidos?|reacciones|min(?:utos?)? de lectura"
        r"|просмотр(?:а|ов|ы)?|комментари(?:й|я|ев|и)|мин(?:ут[аы]?|\.)? (?:чтения|на чтение)|лайк(?:а|ов|и)?|репост(?:а|ов|ы)?"
        r"|перегляд(?:и|ів|у)?|коментар(?:і|ів|ь|я)|(?:хв(?:илин[иа]?|\.)?) (?:читання|на читання)"
        r"|pregleda?|pregledi|prikaza|komentara?|komentari|deljenja|dijeljenja|min(?:uta?|\.)? čitanja"
        r"|преглед[аи]?|приказа|коментара?|коментари|дељења|мин(?:ута)? читања"
        r"|visualizzazioni|commenti?|condivisioni|lettur[ae]|min(?:uti|\.)? di lettura"
        r"|wyświetle(?:ń|nia)|odsłon[ay]?|komentarz[ey]?|udostępnie(?:ń|nia)|min(?:ut[ay]?|\.)? czytania"
        r"|visualizaç(?:ão|ões)|comentários?|partilhas?|compartilhamentos?|leituras?|min(?:utos?)? de leitura"
        r"|zobrazení|zhlédnutí|komentářů?|komentáře|přečtení|görüntüle[nm]me|yorum|okunma|weergaven|reacties|vizualizări"
        r"|comentarii|megtekintés|hozzászólás|visninger|kommentarer|visningar",
        duration=r"(?:reading|read) time:? .{0,8}\d+ ?min\w*\.?|lesezeit:? .{0,8}\d+ ?min\w*\.?|temps de lecture ?:? ?\d+ ?min\w*\.?"
        r"|tiempo de lectura:? ?\d+ ?min\w*\.?|tempo d(?:i lettura|e leitura):? ?\d+ ?min\w*\.?|czas czytania:? ?\d+ ?min\w*\.?"
        r"|время (?:на )?чтени[яе]:? ?\d+ ?мин\w*\.?|час (?:на )?читання:? ?\d+ ?хв\w*\.?|vreme čitanja:? ?\d+ ?min\w*\.?",
    )
)

_NAME = r"\p{Lu}[\p{L}’'.-]*(?:(?:,? (?:and |und |et |y |e |i |и |та |і |& )?|, )(?:(?:van|von|der|den|de|da|dos|la|le|di|bin|al) ){0,2}\p{Lu}[\p{L}’'.-]*){%s,6}"
_AFTER_NAME = r"(?:\s*[|·,–—-]\s*\S.{0,40})?"
_BYLINE = regex.compile(
    r"(?:(?:Written |Reported |Story |Text |Words )?(?:[Bb]y|BY)|Von|Par|Por|Di|Piše|Пише|Pisze) "
    + _NAME % 1
    + _AFTER_NAME
)
_LABELLED_BYLINE = regex.compile(
    r"(?:By|Authors?|Writer|Reporter|Editor|Text|Words|Translat(?:ed by|or|ion)|Autor(?:in|en|ka|zy|a|as|es|i)?|Auteurs?"
    r"|Autrice|Autore|Aut[oo]ři?|Übersetzung|Redaktion|Von|Par|Por|Piše|Пише|Автор(?:и|ы|ка)?|Аутор(?:ка|и)?|Текст|Tekst|Texto)"
    r"\s?: ?" + _NAME % 0 + _AFTER_NAME
)
_DATE = regex.compile(
    r"(?:\p{L}[\p{L} ]{0,24}[:,|]?\s+){0,2}(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}\.?(?:st|nd|rd|th)?\s(?:de\s|of\s)?\p{L}{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d|\p{L}{3,12}\.?\s\d{1,2},?\s(?:19|20)\d\d)"
    r"\.?(?:\s?(?:г|р|god|год)\.?(?!\p{L}))?(?:[\s,|/•·T–-]*(?:(?:at|um|kl|à|a las|alle|o godz|u|в|о|о|ore|às|god)?\.?\s?\d{1,2}[:.h]\s?\d\d(?:[:.]\d\d)?"
    r"(?:\s?[ap]\.?m\.?|\s?uhr|\s?h|\s?[A-Z]{2,4})?))?",
    regex.IGNORECASE,
)
_LABEL = regex.compile(r"\p{Lu}[\p{L}-]{2,20}(?: \p{L}{1,12})?:")


@lru_cache(1)
def _credits() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        [*_PICTURES, *_SIGNS, "courtesy"], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


def settle(document: Document) -> None:
    """Give the paragraphs of `document` that are something else by their shape their right kind, in place.

    A block whose kind is known already stays as it is.
    """
    blocks = document.blocks
    _find_captions(document)
    for index, block in enumerate(blocks):
        if block.end - block.start <= _LONGEST_LABEL and block.kind is Kind.PARAGRAPH:
            kind = _label_kind(document.text[block.start : block.end], index)
            if kind is not None:
                blocks[index] = block._replace(kind=kind)
    _find_headline(document)


def _find_captions(document: Document) -> None:
    text, blocks = document.once(folded), document.blocks
    try:
        sightings = _credits().find_matches_as_indexes(text)
    except UnicodeEncodeError:  # a lone surrogate
        sightings = _credits().find_matches_as_indexes(without_surrogates(text))
    index = 0
    for _, start, _ in sightings:
        while index < len(blocks) and blocks[index].end <= start:
            index += 1
        if index == len(blocks):
            return
        block = blocks[index]
        if (
            block.kind is Kind.PARAGRAPH
            and block.end - block.start <= _LONGEST_CAPTION
            and _is_credit(document.text, text, block, start)
        ):
            blocks[index] = block._replace(kind=Kind.CAPTION)


def _is_credit(text: str, folded_text: str, block: Block, start: int) -> bool:
    """Tell whether the word for a picture, agency or copyright at `start` makes the block a caption."""
    if start > block.start and folded_text[start - 1].isalnum():
        return False
    if folded_text[start] == "©":
        return _COPYRIGHT.match(folded_text, start, block.end) is not None
    if _AGENCY.match(folded_text, start, block.end) or _STOCK.search(
        folded_text, max(block.start, start - 40), block.end
    ):
        return True
    credit = _CREDIT.match(folded_text, start, block.end)
    if credit is None or not credit["who"]:
        return False
    who = credit.start("who")
    if not (text[who].isupper() or text[who] in "@©" or not text[who].islower()):
        return start - block.start < 2 and text[who - 1].isspace() and folded_text[start:who].rstrip()[-1] in ":|/"
    return start - block.start < 8 or not regex.search(r"[.!?]\s|[!?]$", folded_text, pos=who, endpos=block.end)


def _label_kind(text: str, index: int) -> Kind | None:
    """Return what a short block is if it is a counter or byline; `index` is its place in the article."""
    if text[-1] in '!?:"”»':
        return None
    has_digit = any(map(text.__contains__, "0123456789"))
    if has_digit and _COUNTED.fullmatch(text.lower()):
        return Kind.COUNTER
    if _LABELLED_BYLINE.fullmatch(text) or (index > 0 and _BYLINE.fullmatch(text)):
        return Kind.BYLINE
    if has_digit and len(text) <= 60 and _DATE.fullmatch(text):
        return Kind.BYLINE
    return None


def _find_headline(document: Document) -> None:
    """Name the headline, the captions without credit near the top, and the lede, where they can be told."""
    blocks, text = document.blocks, document.text
    prose = [index for index, block in enumerate(blocks[:_TOP]) if block.kind is Kind.PARAGRAPH]
    headline = next((index for index, block in enumerate(blocks[:_TOP]) if block.kind is Kind.HEADLINE), None)
    if headline is None and len(prose) > 1 and _reads_as_headline(text, blocks[prose[0]]):
        headline = prose.pop(0)
        blocks[headline] = blocks[headline]._replace(kind=Kind.HEADLINE)
    for index in [index for index in prose if _stands_among_captions(text, blocks, index)]:
        blocks[index] = blocks[index]._replace(kind=Kind.CAPTION)
        prose.remove(index)
    if headline is None or any(block.kind is Kind.LEDE for block in blocks[:_TOP]):
        return
    lede = next((index for index in prose if index > headline), None)
    if lede is not None and _reads_as_lede(text, blocks, lede):
        blocks[lede] = blocks[lede]._replace(kind=Kind.LEDE)


def _reads_as_headline(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return (
        len(words) <= _LONGEST_HEADLINE
        and words[-1] not in ".:;,…"
        and words[-2:] not in ('."', ".”", ".»", ".“", ".)")
        and "\n" not in words.strip()
        and regex.search(r"\p{L}{2}", words) is not None
    )


def _stands_among_captions(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether a line without a full stop stands right beside a caption, as a second picture's text does."""
    block = blocks[index]
    if text[block.end - 1] in '.!?:"”' or block.end - block.start > _LONGEST_CAPTION:
        return False
    for other in (index - 1, index + 1):
        if 0 <= other < len(blocks) and blocks[other].kind is Kind.CAPTION:
            gap = text[blocks[min(index, other)].end : blocks[max(index, other)].start]
            if len(gap.splitlines()) == 1:
                return True
    return False


def _reads_as_lede(text: str, blocks: list[Block], index: int) -> bool:
    """Tell whether a paragraph opens the article: a sentence, no label, and more to come."""
    block = blocks[index]
    return (
        block.end - block.start >= _SHORTEST_LEDE
        and any(later.kind in (Kind.PARAGRAPH, Kind.QUOTE) for later in blocks[index + 1 : index + _TOP])
        and _LABEL.match(text, block.start, block.end) is None
    )
