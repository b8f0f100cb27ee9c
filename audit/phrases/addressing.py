"""Tell a page's notice from a paragraph of the article that begins with the same words."""

from __future__ import annotations

from audit.expressions import expression

_OPENING = expression(r"\W*[\p{L}\p{N}'-]+\W+[\p{L}\p{N}'-]+")  # two words, which a notice and a paragraph may share
_LABEL = 60  # characters within which a label ends with its colon or bar
_MARKS = expression(r"[:|→»>–—]")
# What pages speak of and how they address their readers, in any language; beginnings of words, all in small letters.
_OF_A_PAGE = expression(
    r"@|©|://|\bwww\.|\b(?:cookie|kolačić|колачић|ciasteczk|кук[иі]\b|бисквитк|piškot|çerez|süti|javascript|captcha"
    r"|e-?mail|mail|newsletter|web|site|sajt|сајт|сайт|portal|портал|blog|link|url|online|login|facebook|twitter|telegram"
    r"|телеграм|viber|вайбер|whatsapp|instagram|youtube|google|ctrl|enter\b|copyright|app\b|browser|server"
    r"|channel|kanal|chaîne|canale?\b|kanał|канал|push|notifi|alert"
    # English
    r"|you\b|yours?\b|us\b|ours?\b|we\b|click|editor|polic(?:y|ies)|permission|reprint|reproduc|prohibited|reserved"
    r"|responsib|comment|account|page|terms|moderat|subscri|sign in|log in|registered"
    # German
    r"|unser|uns\b|redaktion|artikel|beitrag|kommentar|seite\b|seiten\b|anmeld|eingeloggt|registrier|abonn|leser|nutzer"
    r"|inhalt|klick|genehmig|datenschutz|nutzungsbedingung|zustimm|einwillig|konto|veröffentlich|quellenangabe|teilweise"
    # French
    r"|nous\b|notre|nos\b|rédaction|articles?\b|commentaire|inscri|abonn|connect|cliqu|clic\b|liens?\b|page|lecteur"
    r"|contenu|autorisation|courriel|naviga|compte\b|responsab|partielle|publi"
    # Spanish, Portuguese, Italian
    r"|nosotros|nuestr|redacci|redaç|artícul|artigo|articol|sitio|sítio|página|pagina\b|comentari|coment[aá]r|comment[io]"
    r"|regístr|registr|cadastr|suscri|assin|abbon|sesión|sessão|enlace|lector|leitor|lettor|contenid|conteúdo|contenut"
    r"|autoriza|autorizz|permiso|correo|navega|naviga|cuenta\b|conta\b|nosso|nossa|nós\b|noi\b|nostr|accesso|clicc"
    r"|clique|parcial|parzial|moderaci|moderaç|moderazi|publica|pubblica"
    # Polish, Czech, Slovak, Slovenian
    r"|nas\b|nam\b|nasz(?:a|e|ej|ego|ych|ą)?\b|redakcj|redakc|artykuł|stron[aęyi]\b|serwis|komentarz|zalog|rejestr|subskr|klik|czyteln|treści"
    r"|zgod[ayą]\b|konto|kont[aou]\b|wydawc|materiał|źródł|komentář|článk|stránk|souhlas|súhlas|obsah|vsebin|članek|uredni"
    # Russian, Ukrainian, Belarusian, Bulgarian, Macedonian
    r"|нам\b|нас\b|наш(?:а|е|и|его|ей|ему|им|их|у)?\b|редакц|стать[яюией]|материал|матеріал|страниц|сторінк|комментар|коментар|рассылк|розсилк"
    r"|р[еэ]г[иі]стр|авторизова|авторизу|подпи[шс]|підпи[шс]|нажм|натисн|ссылк|посилан|спасылк|читател|читач|текст"
    r"|ошибк|опечатк|помилк|памылк|грешк|источник|джерел|правооблада|разрешени|дозв[оіi]л|аккаунт|акаунт|почт|пошт"
    r"|телефон|сми\b|медіа|издани|видання|съгласи|съдържани"
    # Serbian, Croatian, Bosnian
    r"|naš(?:a|e|i|u|em|im|ih|oj|eg)?\b|redakcij|članak|članka|člank|tekst|vesti?\b|vijesti?\b|stranic|komentar|prijav|pretplat|čita[ol]|grešk|pogrešk"
    r"|izvor|dozvol|saglasnost|suglasnost|odobrenj|sadržaj|nalog|račun|редакциј|чланак|чланка|вести?\b|вијести?\b"
    r"|страниц|пријав|претплат|чита[ол]|извор|сагласност|одобрењ|садржај|налог"
    # Romanian, Hungarian, Turkish, Dutch, Swedish, Danish, Norwegian
    r"|noastr|nostru|redacți|articol|conținut|acord|sursei?\b|citare|szerkeszt|cikk|hozzászól|tartal|engedély|haber|yorum"
    r"|içeri|izin|kaynak|redactie|reactie|artikkel|innhold|indhold|innehåll|samtyck|toestemming|bron\b|käll|kild)"
)


# What a newspaper sends its readers to, with a telephone number: a model offers its own help, and about the text.
_NUMBER = expression(  # neither a year nor the length of a text
    r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d[\d -]+\d(?!\d|[ -]*(?:words?\b|wört|worte?\b|mots\b|palab?r|parole\b|sł[oó]w"
    r"|сло|слів|reči|riječ|reče|rečen|char|zeich|carac|caratt|znak|знак|символ|sentence|sätze|satz|phrase|frase|frasi"
    r"|zda[nń]|предлож|речен))"
)
_HELPERS = expression(
    r"\b(?:polic|poliz|поліц|полиц|полициј|guardia civil|carabinier|gendarm|ärzt|arzt|médic|medic[oi]\b"
    r"|médecin|doctors?\b|lekar|ljekar|liječnik|лекар|врач|лікар|hotline|helpline|seelsorge|samaritan|emergency|notruf"
    r"|urgence|council|mairie|rathaus|ayuntamiento|comune\b|prefeitura|câmara|urząd|мэри|міськрад|opštin|općin|общин)"
)


def sends_to_help(text: str, start: int, end: int) -> bool:
    """Tell whether an offer of help in `start:end` of the folded `text` is a newspaper's, who names whom to call."""
    return any(pattern.search(text, start, end) for pattern in (_NUMBER, _HELPERS))


def addresses_readers(text: str, start: int, end: int) -> bool:
    """Tell whether what begins at `start` of the folded `text` as a notice does may be one of a page.

    A notice is a label, or has no full stop, or speaks of the page or to its readers behind its opening words. It
    sends nobody to the police or to a doctor.
    """
    if _HELPERS.search(text, start, end):
        return False
    if text[end - 1] != "." or _MARKS.search(text, start, min(end, start + _LABEL)):
        return True
    opening = _OPENING.match(text, start, end)
    return _OF_A_PAGE.search(text, opening.end() if opening else start, end) is not None
