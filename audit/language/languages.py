"""Tell the language of an article that nobody named: script and function words first, a detector in doubt."""

from __future__ import annotations

from audit.expressions import expression
from audit.language.detectors import Detector, Langdetect

_SAMPLE = 1500  # characters that are looked at
_WORDS = {
    "en": "the of and to in that is was for with his her said has from have which been will are this but they were by",
    "de": "der die und das den von mit sich des auf für ist dem nicht ein eine als auch werden bei einer sind zum",
    "fr": "le la les des et du une est dans pour que qui sur par avec pas plus ce sont aux ont cette au été",
    "es": "el la los las de que en del se por con una para su como al más fue ha lo pero este según y",
    "it": "il la di che del della per una con sono non gli nel alla dei le anche più ha come da è dal delle",
    "pt": "o a os as de que do da em um uma para com não por mais dos no na ao foi são se pelo",
    "pl": "w na i z się do nie że jest to od przez po jak oraz dla o są który za ze które już będzie",
    "cs": "se na je že v s do o pro jako by za ale podle jsou byl také po od která který před aby jeho",
    "sr-Latn": "je i u na se da su za od što će koji nije bi kako iz ali te prema rekao o kao bio sa koja",
    "nl": "de het een van en in dat is op te zijn met voor niet aan er door ook als bij maar worden deze heeft",
    "ru": "и в на не что с по как это из от к для его за был же при до также все после со о",
    "uk": "і в на не що з як це від до за та у його для про також але під після які був зі він",
    "bg": "и в на не че с за от се да по са като до това към при беше ще със след или е който",
    "be": "і ў на не што з як гэта ад да за па яго для пра таксама але пад пасля якія быў яна ён",
    "sr-Cyrl": "је и у на се да су за од са што ће који није би како из али према рекао о као био",
    "tr": "ve bir bu için ile da de olarak daha çok olan gibi kadar sonra en ancak göre var dedi her olduğu",
}
_SERBIAN_OR_CROATIAN = {
    "sr-Latn": "ko takođe tokom posle hiljada vreme gde mesto uslov pre reč ovde dve nedelja",
    "hr": "tko također tijekom nakon tisuća vrijeme gdje mjesto uvjet prije riječ ovdje dvije tjedan",
}
_FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_TELLING_WORDS = {language: frozenset(words.split()) for language, words in _SERBIAN_OR_CROATIAN.items()}
_TELLTALE = {  # letters that only one of the languages that share a script uses
    "uk": "їєґ",
    "ru": "ыэё",
    "be": "ў",
    "sr-Cyrl": "ђћџљњј",
    "pl": "łąęśźż",
    "cs": "řěů",
    "tr": "ğış",
    "de": "ß",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "sr-Latn": "đ",
}
_SCRIPTS = (
    ("zh", expression(r"\p{Han}")),
    ("ja", expression(r"[\p{Hiragana}\p{Katakana}]")),
    ("ko", expression(r"\p{Hangul}")),
    ("ar", expression(r"\p{Arabic}")),
    ("el", expression(r"\p{Greek}")),
    ("he", expression(r"\p{Hebrew}")),
)
_CLEAR = 2.0  # the best language must have so many times the evidence of the next one
_ENOUGH = 5  # function words of a language that make its evidence count


def guess(text: str, detector: Detector | None = None) -> str | None:
    """Return the language of an article as a BCP 47 tag, or None where it has too few words to tell.

    Function words and letters of one language settle most texts; `detector` is asked only where two languages have
    evidence of about the same weight.
    """
    sample = _sample(text).lower()
    words = set(sample.split())
    tag = _guess(sample, words, detector)
    if tag != "sr-Latn":
        return tag
    return max(_TELLING_WORDS, key=lambda language: len(words & _TELLING_WORDS[language]))


def _sample(text: str) -> str:
    """Return text from three places, so that one untranslated passage does not decide."""
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return f"{text[:third]}\n{text[middle : middle + third]}\n{text[-third:]}"


def _guess(sample: str, words: set[str], detector: Detector | None) -> str | None:
    evidence = sorted(((len(words & own), tag) for tag, own in _FUNCTION_WORDS.items()), reverse=True)
    (most, best), (second, _) = evidence[0], evidence[1]
    if most >= _ENOUGH and most >= _CLEAR * second:
        return best
    if not sample.isascii():
        evidence = sorted(((count + _telltales(sample, tag), tag) for count, tag in evidence), reverse=True)
        (most, best), (second, _) = evidence[0], evidence[1]
        if most >= _ENOUGH and most >= _CLEAR * second:
            return best
        if most < _ENOUGH and (tag := _by_script(sample)):
            return tag
    if most < 2:
        return None
    likely = [tag for count, tag in evidence if 2 * count >= most][:6]
    return best if len(likely) == 1 else (detector or Langdetect()).detect(sample, likely)


def _telltales(sample: str, tag: str) -> int:
    return 2 * sum(letter in sample for letter in _TELLTALE.get(tag, ""))


def _by_script(sample: str) -> str | None:
    counts = {tag: len(script.findall(sample)) for tag, script in _SCRIPTS}
    if counts["ja"]:
        return "ja"
    tag, count = max(counts.items(), key=lambda item: item[1])
    return tag if 4 * count >= len(sample.split()) and count > 0 else None
