"""Look at a folder of articles: what lies there, in which languages, under which names."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit import plugins
from audit.folder import files
from audit.folder.ownreports import is_report
from audit.language import languages
from audit.model import Document, File

_MOST = 300  # files that are looked at
_RECORDS = 3  # articles of a file that are looked at
_LARGEST = 1 << 20  # bytes of a file that is looked at
_ENOUGH = 3  # articles that tell the language of a folder
_AGREE = 0.9  # share of them that must agree
_LONG = 200  # characters of a text that is the body of an article


@dataclass
class Seen:
    """What lies in a folder, as far as it was looked at.

    `formats` counts files that hold articles by format. `languages` counts, for each folder in it (its name is empty
    for the folder itself), the languages of articles that do not name theirs; `named` counts those that do. `bodies`
    counts the fields in which JSON without any field of an article has a text as long as one.
    """

    formats: Counter[str] = field(default_factory=Counter)
    languages: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    named: int = 0
    bodies: Counter[str] = field(default_factory=Counter)

    @property
    def language(self) -> str | None:
        """The language of articles that do not name theirs, except for those in folders of another; None if unclear."""
        clear = self._clear_folders
        rest = [counts for folder, counts in self.languages.items() if folder not in clear]
        if rest:
            return _clear(sum(rest, Counter()), 1)
        total: Counter[str] = sum(self.languages.values(), Counter())
        return max(clear.values(), key=lambda language: total[language], default=None)

    @property
    def folders(self) -> dict[str, str]:
        """The folders whose articles are in another language than that, with theirs."""
        main = self.language
        return {folder: language for folder, language in self._clear_folders.items() if language != main}

    @property
    def _clear_folders(self) -> dict[str, str]:
        found = {folder: _clear(counts, _ENOUGH) for folder, counts in sorted(self.languages.items()) if folder}
        return {folder: language for folder, language in found.items() if language}

    @property
    def body(self) -> str | None:
        """The field that holds the text of articles in JSON which has none of the usual fields; None if unclear."""
        return _clear(self.bodies, _ENOUGH)


def _clear(counts: Counter[str], least: int) -> str | None:
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    return name if count >= max(least, _AGREE * counts.total()) else None


def look(folder: Path) -> Seen:
    """Return what some hundred of the files in `folder` hold, taken from all over it."""
    found = files.find([str(folder)], folder.absolute(), lambda suffix: suffix in plugins.by_suffix("readers"))
    inputs = [file for file in found if isinstance(file, files.Input)]
    seen = Seen()
    for file in inputs[:: max(1, -(-len(inputs) // _MOST))]:
        try:
            data = files.content(file.path)
            text = files.decode(data) if len(data) <= _LARGEST else ""
        except files.ReadError:  # a run tells it
            continue
        if text and not is_report(text):
            _add(seen, file.shown, text)
    return seen


def _add(seen: Seen, shown: str, text: str) -> None:
    name = plugins.reader_of(shown)
    found = plugins.load("readers", name).read(File(shown, text, False))
    documents = [document for document in found if isinstance(document, Document)]
    if not documents:
        seen.bodies.update(_bodies(text) if name in ("json", "jsonl") else ())
        return
    seen.formats[name] += 1
    for document in documents[:_RECORDS]:
        if document.target_language:
            seen.named += 1
        elif language := languages.guess(document.text):
            seen.languages[shown.partition("/")[0] if "/" in shown else ""][language] += 1


def _bodies(text: str) -> Iterator[str]:
    """Yield the fields with the longest text in the first records of JSON, or of JSON Lines."""
    for record in _records(text)[:_RECORDS]:
        texts = {key: len(one) for key, one in record.items() if isinstance(one, str)}
        longest = max(texts, key=lambda key: texts[key], default="")
        if texts.get(longest, 0) >= _LONG:
            yield longest


def _records(text: str) -> list[dict[str, Any]]:
    for parts in ([text], text.splitlines()):
        try:
            values = [json.loads(part) for part in parts if part.strip()]
        except (ValueError, RecursionError):
            continue
        members = [member for value in values for member in (value if isinstance(value, list) else [value])]
        return [member for member in members if isinstance(member, dict)]
    return []
