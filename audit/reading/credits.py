"""Tell photo credits: the line of words and author that stands under a picture."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs
import regex

# Words that name a picture or its author, as they stand before a credit ("Foto: Reuters"), folded.
_PICTURES = (
    *("photo", "photos", "photograph", "photography", "photographie", "photographer", "picture", "pictures", "image"),
    *("images", "imagen", "imagem", "immagine", "foto", "fotos", "fotó", "fotografie", "fotografia", "fotografía"),
    *("fotografija", "fotografije", "fotograf", "bild", "bilder", "bildquelle", "abbildung", "symbolbild"),
    *("symbolfoto", "archivbild", "grafik", "screenshot", "illustration", "illustrazione", "ilustracija"),
    *("ilustracje", "ilustracja", "ilustração", "ilustración", "ilustrace", "zdjęcie", "zdjęcia", "zdj.", "fot."),
    *("snímek", "slika", "slike", "kép", "kuva", "bilde", "фото", "фотография", "фотографія", "фотографија"),
    *("фотографии", "снимка", "снимок", "слика", "зображення", "світлина", "изображение", "иллюстрация"),
    *("ілюстрація", "илустрација", "φωτογραφία", "φωτο", "fotoğraf", "görsel", "crédit", "crédits", "credit"),
    *("credits", "courtesy"),
)
_SIGNS = ("©", "getty images", "shutterstock", "reuters/", "afp/", "epa/", "tass/", "ap/", "anadolu/", "dpa/")

_CREDIT = regex.compile(
    r"(?:photo |image |picture |foto |фото )?\L<pictures>"
    r"(?:[ -](?:credits?|source|caption|copyright|illustration|archive|arhiva|архива|архив|archiv))?"
    r"(?:\s?[:：/|©]|(?<=\.)(?=\s)|\sby\b|\scourtesy\b|,(?= getty| afp| reuters| epa)|\s[-–—](?=\s\S{2,30}$))"
    r"\s*(?P<who>[^\s.:].{0,79})?",
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
_SENTENCE_END = regex.compile(r"[.!?]\s|[!?]$")


@cache
def markers() -> ahocorasick_rs.AhoCorasick:
    """Return the automaton of the folded words and signs without which a block has no credit."""
    return ahocorasick_rs.AhoCorasick((*_PICTURES, *_SIGNS), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def is_credit(text: str, folded_text: str, start: int, end: int, marker: int) -> bool:
    """Tell whether the word for a picture, agency or copyright at `marker` makes the block `start:end` a caption."""
    if marker > start and folded_text[marker - 1].isalnum():
        return False
    if folded_text[marker] == "©":
        return _COPYRIGHT.match(folded_text, marker, end) is not None
    if _AGENCY.match(folded_text, marker, end) or _STOCK.search(folded_text, max(start, marker - 40), end):
        return True
    credit = _CREDIT.match(folded_text, marker, end)
    if credit is None or not credit["who"]:
        return False
    who = credit.start("who")
    if text[who].islower():  # a name begins with a capital; behind "Photo:" at the start all may follow
        return marker - start < 2 and text[who - 1].isspace() and folded_text[marker:who].rstrip()[-1] in ":|/"
    return marker - start < 8 or _SENTENCE_END.search(folded_text, who, end) is None
