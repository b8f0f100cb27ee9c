"""Words for what is quoted in its own language: verse, prayers, proverbs, what crowds call."""

from __future__ import annotations

from audit.expressions import expression

RECITED = expression(
    r"\b(?:poem|verses?|ballad|songs?|sang|sung|sings?|singing|hymn|anthem|aria|lyrics|refrain|prayers?|psalm|chant(?:s|ed|ing)?"
    r"|motto|slogan|inscription|graffit[io]|gedicht\w*|ballade|lied\w*|singen|singt|sangen|hymne|gebet\w*|inschrift|sprechch\w+"
    r"|poème|chanson|chant[ae]\w*|hymne|prière|devise|poema|canción|cantó|cantaron|himno|oración|lema|poesia|canzone|canta\w*"
    r"|inno|preghiera|canção|oração|hino|wiersz\w*|pieśń|piosenk\w+|śpiewa\w+|modlitw\w+|стих\w*|песн\w+|пели|пела|гимн\w*"
    r"|proverbs?|(?:a|an old|old|the|this|popular|local) saying|sayings|adage|sprich\w*w[oö]rt\w*|proverbe|dicton"
    r"|refr[áa]n|proverbio|provérbio|przysłowi\w+|poslovic\w+"
    r"|пословиц\w+|поговорк\w+|прислів\w+|приказк\w+"
    r"|молитв\w+|вірш\w*|пісн\w+|співа\w+|гімн\w*|pesm\w+|pjesm\w+|peva\w+|pjeva\w+|molitv\w+|himn\w+|пева\w+)\b"
)
