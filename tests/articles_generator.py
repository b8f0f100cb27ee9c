"""Make any number of news-like English articles with a known share of artifacts, the same ones every time."""

from __future__ import annotations

import random
from pathlib import Path

import yaml

_BANK = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
_SHAPES = (
    "{Subject} {verb} {object} {tail}.",
    '"{quote}," said {person}, who has followed the matter in {place} for {small} years.',
    "In {place}, {subject} {verb} {object}, {person} told reporters on {day}.",
    "About {number} {crowd} {deed} {tail}.",
    "{Subject} expects that {percent} percent of the {crowd} {deed} by {year}, {person} added.",
    "{person} {verb} {object} {tail}, and {subject} {deed}.",
    "{Subject} set aside {decimal} million euros for {object} {tail}.",
    "While the {crowd} {deed}, {subject} {verb} {object}.",
)


def _sentence(rng: random.Random) -> str:
    values = {name: rng.choice(bank) for name, bank in _BANK.items()}
    values["Subject"] = values["subject"][0].upper() + values["subject"][1:]
    values["small"] = str(rng.randint(2, 19))
    values["year"] = str(rng.randint(2009, 2024))
    values["number"] = f"{rng.randint(2, 900)},{rng.randint(0, 9)}00"
    values["percent"] = str(rng.randint(11, 88))
    values["decimal"] = f"{rng.randint(2, 80)}.{rng.randint(1, 9)}"
    values["day"] = rng.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
    return rng.choice(_SHAPES).format(**values)


def article(number: int) -> str:
    """Return article `number`, about 2 KB with about five artifacts."""
    rng = random.Random(number)
    person, place = rng.choice(_BANK["person"]), rng.choice(_BANK["place"])
    subject, verb, thing = (rng.choice(_BANK[name]) for name in ("subject", "verb", "object"))
    headline = f"{subject.capitalize()} in {place} {verb} {thing}"
    lede = f"{_sentence(rng)} {_sentence(rng)}"
    caption = f"{person} at a meeting in {place}, Photo: REUTERS"
    body = [" ".join(_sentence(rng) for _ in range(rng.randint(2, 4))) for _ in range(6)]
    body[1] += f" Around {rng.randint(2, 900)}.{rng.randint(0, 9)}00 residents signed the petition."
    body[3] += " The delegation is expected in Kiev next month."
    top = [f"{rng.randint(100, 9999)} views {rng.randint(0, 90)} comment(s)", caption, *[caption] * (number % 2)]
    tail = [lede] if number % 3 == 0 else []
    return "\n\n".join([headline, lede, "\n".join(top), *body, *tail, "Bonus video:"]) + "\n"


def write(folder: Path, count: int) -> int:
    """Write `count` articles into `folder` and return their size in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for number in range(count):
        data = article(number).encode()
        (folder / f"article-{number:05}.txt").write_bytes(data)
        size += len(data)
    return size
