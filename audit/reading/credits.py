"""Tell photo credits: the line of words and author that stands under a picture."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs

from audit.expressions import expression

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
# News and picture agencies, folded: they stand before or behind a slash ("EFE/Ana Ruiz"), or alone in brackets.
_AGENCIES = (
    *(
        "reuters",
        "afp",
        "ap",
        "epa",
        "efe",
        "ansa",
        "dpa",
        "apa",
        "keystone",
        "tass",
        "тасс",
        "риа новости",
        "ria novosti",
    ),
    *("anadolu", "aa", "dha", "xinhua", "kyodo", "yonhap", "lusa", "belga", "anp", "ritzau", "ntb", "lehtikuva", "pap"),
    *(
        "čtk",
        "ctk",
        "mti",
        "agerpres",
        "bta",
        "бта",
        "hina",
        "tanjug",
        "танјуг",
        "beta",
        "fonet",
        "fena",
        "srna",
        "mina",
    ),
    *("pixsell", "cropix", "ukrinform", "укрінформ", "unian", "уніан", "imago", "getty", "alamy", "zuma"),
)
_SIGNS = (
    *("©", "getty images", "shutterstock"),
    *(sign for agency in _AGENCIES for sign in (f"{agency}/", f"/{agency}", f"({agency})", f". {agency}")),
    *("(archiv", "(arhiv", "(архив", "(архів", "(архива", "(arquivo)", "(file)", "(illustr", "(ilustr", "(иллюстр"),
    *("(ілюстр", "(илустр", "(symbol"),
)

_CREDIT = expression(
    r"(?:photo |image |picture |foto |фото )?\L<pictures>"
    r"(?:[ -](?:credits?|source|caption|copyright|illustration|archive|arhiva|архива|архив|archiv))?"
    r"(?:\s?[:：/|©=]|(?<=\.)(?=\s)|\sby\b|\scourtesy\b|,(?= getty| afp| reuters| epa)|\s[-–—](?=\s\S{2,30}$))"
    r"\s*(?P<who>[^\s.:].{0,79})?",
    pictures=_PICTURES,
)
_AGENCY = expression(
    r"(?:\L<agencies>/\s?\p{L}[^.!?]{1,50}|/\s?\L<agencies>|getty images|shutterstock)[)\]]?\.?$", agencies=_AGENCIES
)
_IN_BRACKETS = expression(
    r"\((?:\L<agencies>|file|arquivo"
    r"|(?:archiv|arhiv|архив|архів|illustr|ilustr|иллюстр|ілюстр|илустр|symbol)[\p{L} -]{0,24})\)$",
    agencies=_AGENCIES,
)
_BEHIND_STOP = expression(r"\.\s\L<agencies>\.?$", agencies=[agency.upper() for agency in _AGENCIES])
_LONGEST_BARE = 200  # characters of a caption that nothing but an agency in brackets tells from a paragraph
_COPYRIGHT = expression(
    r"©\s*(?!\s*(?:copyright\s*)?\d{4}|.*(?:rights|prava|права|rechte|droits|derechos))\S[^!?]{0,59}$"
)
_STOCK = expression(
    r"\((?:[\w ]{0,20})?(?:file|archive|stock|illustrative|handout|ap) (?:photo|picture|image)s?[^()]{0,60}\)\.?$"
)
_SENTENCE_END = expression(r"[.!?]\s|[!?]$")
_INNER_STOP = expression(r"[.!?]\s+\S|[!?:;,\"]\s*$")
_BEFORE_CREDIT = tuple('.,!?"|/')
_STOP = expression(r"[.!?]\s|[.!?:;,\"]\s*$")


@cache
def markers() -> ahocorasick_rs.AhoCorasick:
    """Return the automaton of the folded words and signs without which a block has no credit."""
    words = (*_PICTURES, *_SIGNS)
    longest, table = ahocorasick_rs.MatchKind.LeftmostLongest, ahocorasick_rs.Implementation.DFA
    return ahocorasick_rs.AhoCorasick(words, matchkind=longest, implementation=table)


def is_credit(text: str, folded_text: str, start: int, end: int, marker: int, closes: bool) -> bool:
    """Tell whether the word for a picture, agency or copyright at `marker` makes the block `start:end` a caption.

    `closes` says that it is the last block, where an agency in brackets signs the article.
    """
    sign = folded_text[marker]
    if sign == "©":
        return _COPYRIGHT.match(folded_text, marker, end) is not None
    if sign == "." and not text[marker + 3 : marker + 4].isupper():  # ". AFP", no sentence that begins with April
        return False
    if sign in "(.":
        if _is_agency_alone(text, folded_text, start, end, marker, closes):
            return True
        marker += 2 * (sign == ".")
    elif sign != "/" and marker > start and folded_text[marker - 1].isalnum():
        return False
    if _names_source(text, folded_text, start, end, marker):
        return True
    if text[marker + (sign == "/")].isupper() and _AGENCY.match(folded_text, marker, end):
        return True
    before = max(start, marker - 40)
    return folded_text.find("(", before, end) >= 0 and _STOCK.search(folded_text, before, end) is not None


def _is_agency_alone(text: str, folded_text: str, start: int, end: int, marker: int, closes: bool) -> bool:
    """Tell whether nothing but an agency follows a single sentence or less: "The harbour (ANSA)", "The quay. AFP"."""
    behind_stop = text[marker] == "."
    found = _BEHIND_STOP.match(text, marker, end) if behind_stop else _IN_BRACKETS.match(folded_text, marker, end)
    if not found or end - start > _LONGEST_BARE or (behind_stop and closes):
        return False
    return (_STOP if closes else _INNER_STOP).search(folded_text, start, marker) is None


def _names_source(text: str, folded_text: str, start: int, end: int, marker: int) -> bool:
    """Tell whether a word for a picture introduces its source: "Photo: Reuters"."""
    credit = _CREDIT.match(folded_text, marker, end)
    if credit is None or not credit["who"]:
        return False
    who = credit.start("who")
    if text[who].islower():  # a name begins with a capital; behind "Photo:" at the start all may follow
        if not (text[who - 1].isspace() and folded_text[marker:who].rstrip()[-1] in ":|/"):
            return False
        behind = folded_text[start:marker].rstrip(" (")[-1:]
        return marker - start < 2 or (behind in _BEFORE_CREDIT and _SENTENCE_END.search(folded_text, who, end) is None)
    return marker - start < 8 or _SENTENCE_END.search(folded_text, who, end) is None
