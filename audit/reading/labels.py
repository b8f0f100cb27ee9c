"""Tell counters, bylines and date lines: the short lines around an article that are not part of it."""

from __future__ import annotations

from functools import cache
from typing import Any

import regex

from audit.expressions import expression
from audit.model import Kind

_LONGEST_DATE = 60

# What pages count, with its number before or behind it, in lower case.
_COUNTED = (
    r"views?|view\(s\)|comments?|comment\(s\)|shares?|likes?|reactions?|reads?|replies|votes?|followers|subscribers"
    r"|min(?:ute)?s?\.?[ -]read(?:ing)?(?: time)?|min(?:ute)?s? to read|minutes? of reading"
    r"|aufrufe?|ansichten|kommentare?|reaktionen|min(?:uten?|\.)? lesezeit|mal geteilt|leser"
    r"|vues?|commentaires?|partages?|réactions?|lectures?|min(?:utes?)? de lecture"
    r"|vistas|visitas|visualizaciones|comentarios?|compartidos?|reacciones|min(?:utos?)? de lectura"
    r"|просмотр(?:а|ов|ы)?|комментари(?:й|я|ев|и)|мин(?:ут[аы]?|\.)? (?:чтения|на чтение)|лайк(?:а|ов|и)?"
    r"|репост(?:а|ов|ы)?|перегляд(?:и|ів|у)?|коментар(?:і|ів|ь|я)|хв(?:илин[иа]?|\.)? (?:читання|на читання)"
    r"|pregleda?|pregledi|prikaza|komentara?|komentari|deljenja|dijeljenja|min(?:uta?|\.)? čitanja"
    r"|преглед[аи]?|приказа|коментара?|коментари|дељења|мин(?:ута)? читања"
    r"|visualizzazioni|commenti?|condivisioni|lettur[ae]|min(?:uti|\.)? di lettura"
    r"|wyświetle(?:ń|nia)|odsłon[ay]?|komentarz[ey]?|udostępnie(?:ń|nia)|min(?:ut[ay]?|\.)? czytania"
    r"|visualizaç(?:ão|ões)|comentários?|partilhas?|compartilhamentos?|leituras?|min(?:utos?)? de leitura"
    r"|zobrazení|zhlédnutí|komentářů?|komentáře|přečtení|görüntüle[nm]me|yorum|okunma|weergaven|reacties"
    r"|vizualizări|comentarii|megtekintés|hozzászólás|visninger|kommentarer|visningar"
)
_READING_TIME = (
    r"(?:(?:reading|read) time|lesezeit|temps de lecture|tiempo de lectura|tempo d(?:i lettura|e leitura)"
    r"|czas czytania|время (?:на )?чтени[яе]|час (?:на )?читання|vreme čitanja|време читања)"
    r" ?:? ?(?:ca\.? |about )?\d+ ?(?:min|мин|хв)\w*\.?"
)
_NUMBER = r"\d[\d., ]*(?:[kmкм]|tis\.|тыс\.)?"
_COUNTER = (
    rf"(?:[\s|·•,/-]*(?:{_NUMBER}\s*(?:{_COUNTED})(?!\p{{L}})|(?:{_COUNTED})\s*[:(-]?\s*{_NUMBER}\)?|{_READING_TIME}))+"
    r"[\s|·•.]*"
)
_WORD_OF_NAME = r"\p{Lu}[\p{L}’'.-]*"
_BETWEEN = r"(?:,? (?:(?:and|und|et|y|e|i|и|та|і|&) )?|, )(?:(?:van|von|der|den|de|da|dos|la|le|di|bin|al) ){0,2}"
_NAME = rf"{_WORD_OF_NAME}(?:{_BETWEEN}{_WORD_OF_NAME})"
_AFTER_NAME = r"(?:\s*[|·,–—-]\s*\S.{0,40})?"
_BYLINE = (
    r"(?:(?:Written |Reported |Story |Text |Words )?(?:[Bb]y|BY)|Von|Par|Por|Di|Piše|Пише|Pisze) "
    rf"{_NAME}{{1,6}}{_AFTER_NAME}"
)
_BYLINE_STARTS = (
    *("By ", "by ", "BY ", "Written ", "Reported ", "Story ", "Text ", "Words ", "Von ", "Par ", "Por ", "Di "),
    *("Piše ", "Пише ", "Pisze "),
)
_BYLINE_LABELS = frozenset(
    (
        *("By", "Author", "Authors", "Writer", "Reporter", "Editor", "Text", "Words", "Translated by", "Translator"),
        *("Translation", "Autor", "Autorin", "Autoren", "Autorka", "Autorzy", "Autora", "Autoras", "Autores", "Autori"),
        *("Auteur", "Auteurs", "Autrice", "Autore", "Autoři", "Übersetzung", "Redaktion", "Von", "Par"),
        *("Por", "Piše", "Пише", "Автор", "Автори", "Авторы", "Авторка", "Аутор", "Ауторка", "Аутори", "Текст"),
        *("Tekst", "Texto"),
    )
)
_BEHIND_LABEL = rf" ?{_NAME}{{0,6}}{_AFTER_NAME}"
_DATE = (
    r"(?:\p{L}[\p{L} ]{0,24}[:,|]?\s+){0,2}"
    r"(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}\.?(?:st|nd|rd|th)?\s(?:de\s|of\s)?\p{L}{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d"
    r"|\p{L}{3,12}\.?\s\d{1,2},?\s(?:19|20)\d\d)\.?(?:\s?(?:г|р|god|год)\.?(?!\p{L}))?"
    r"(?:[\s,|/•·T–-]*(?:(?:at|um|kl|à|a las|alle|o godz|u|в|о|ore|às)?\.?\s?\d{1,2}[:.h]\s?\d\d(?:[:.]\d\d)?"
    r"(?:\s?[ap]\.?m\.?|\s?uhr|\s?h|\s?[A-Z]{2,4})?))?"
)


@cache
def _compiled(pattern: str, ignore_case: bool = False) -> Any:
    return expression(pattern, regex.IGNORECASE if ignore_case else 0)  # at first use: they cost 20 ms


def kind_of(text: str, is_first: bool) -> Kind | None:
    """Return what a short block is if it is a counter or byline; `is_first` says that it opens the article."""
    if text[-1] in '!?:"”»':
        return None
    has_digit = any(map(text.__contains__, "0123456789"))
    if has_digit and _compiled(_COUNTER).fullmatch(text.lower()):
        return Kind.COUNTER
    label, colon, rest = text.partition(":")
    if colon and label.rstrip() in _BYLINE_LABELS and _compiled(_BEHIND_LABEL).fullmatch(rest):
        return Kind.BYLINE
    if not is_first and text.startswith(_BYLINE_STARTS) and _compiled(_BYLINE).fullmatch(text):
        return Kind.BYLINE
    may_be_date = has_digit and len(text) <= _LONGEST_DATE and ("19" in text or "20" in text)  # of a year
    if may_be_date and _compiled(_DATE, True).fullmatch(text):
        return Kind.BYLINE
    return None
