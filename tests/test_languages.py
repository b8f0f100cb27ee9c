"""The language of an article that nobody named."""

import pytest

from audit.language.detectors import Langdetect
from audit.language.languages import guess

TEXTS = {
    "en": "The minister said that the talks with the unions will go on and that there is no reason to worry about it.",
    "de": "Der Minister sagte, dass die Gespräche mit den Gewerkschaften weitergehen und dass es nicht um Geld geht.",
    "fr": "Le ministre a dit que les discussions avec les syndicats vont continuer et que ce sont des questions de prix.",
    "es": "El ministro dijo que las conversaciones con los sindicatos siguen y que no hay motivo para la huelga del mes.",
    "it": "Il ministro ha detto che i colloqui con i sindacati vanno avanti e che non è una questione di soldi per la città.",
    "pt": "O ministro disse que as conversas com os sindicatos não param e que é uma questão de tempo para o acordo ao fim.",
    "pl": "Minister powiedział, że rozmowy ze związkami trwają i że nie ma powodu do obaw, jak podało w środę ministerstwo.",
    "ru": "Министр сказал, что переговоры с профсоюзами идут и что это не повод для беспокойства, как было сказано в среду.",
    "uk": "Міністр сказав, що переговори з профспілками тривають і що це не привід для занепокоєння, як було сказано раніше.",
    "sr-Cyrl": "Министар је рекао да се разговори са синдикатима настављају и да није реч о новцу, али ће бити још састанака.",
    "sr-Latn": "Ministar je rekao da se razgovori sa sindikatima nastavljaju i da nije reč o novcu, ali će biti još sastanaka.",
    "hr": "Ministar je rekao da se razgovori sa sindikatima nastavljaju i da nije riječ o novcu, no također će biti ovdje.",
    "tr": "Bakan, sendikalarla görüşmelerin devam ettiğini ve bunun bir para sorunu olmadığını, daha sonra ise yeni bir",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_language_is_told(language: str, text: str) -> None:
    assert guess(text) == language


def test_too_few_words_tell_nothing() -> None:
    assert guess("Kyiv 2024") is None
    assert guess("") is None


def test_the_detector_is_asked_only_in_doubt() -> None:
    class Asked(Exception):
        """The detector was asked."""

    class Detector:
        def detect(self, text: str, candidates) -> str:
            raise Asked

    assert guess(TEXTS["en"], Detector()) == "en"
    with pytest.raises(Asked):
        guess(f"{TEXTS['en']} {TEXTS['de']}", Detector())


def test_langdetect_says_the_same_every_time() -> None:
    text = f"{TEXTS['es']} {TEXTS['pt']}"

    assert len({Langdetect().detect(text, ("es", "pt", "it")) for _ in range(20)}) == 1
