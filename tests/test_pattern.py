"""Rules by regular expression: their examples, what is refused, and that none runs without an end."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from audit.checks.pattern import Check
from audit.engine import Engine
from audit.examples import prove
from audit.model import AuditError, Block, Document, Kind
from audit.offsets import Offsets
from audit.rulebook import packfile
from conftest import ROOT

PACKS = ROOT / "tests" / "packs"


def document(*paragraphs: str) -> Document:
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), Kind.PARAGRAPH))
        text += f"{paragraph}\n\n"
    return Document("a.txt", text, blocks, Offsets.identity(len(text)), target_language="en")


@pytest.mark.parametrize("name", ["patterns.yaml", "endless.yaml"])
def test_examples_hold(name: str) -> None:
    assert not [outcome.fault for outcome in prove(packfile.read(PACKS / name).rules) if outcome.fault]


def test_an_expression_without_an_end_is_stopped_and_named() -> None:
    engine = Engine(packfile.read(PACKS / "endless.yaml").rules)

    hits, failures = engine.find(document("a" * 200 + " !", "aaaa!"))

    assert not hits
    assert [(failure.rule, failure.error) for failure in failures] == [
        ("boilerplate/endless", "the rule broke: took too long")
    ]


def test_other_rules_and_articles_go_on_when_one_takes_too_long(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("Around 250.000 soldiers left.\n\n" + "a" * 200 + " !\n")
    (tmp_path / "good.txt").write_text("Around 250.000 soldiers left.\n")
    endless = ["--pack", str(PACKS / "endless.yaml"), "--select", "numbers", "--select", "boilerplate/endless"]
    command = [sys.executable, "-m", "audit", "run", str(tmp_path), *endless]

    done = subprocess.run(
        [*command, "--target-language", "en", "-f", "json"], capture_output=True, check=False, text=True
    )

    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert [finding["text"] for finding in report["findings"]] == ["250.000", "250.000"]
    assert [failure["rule"] for failure in report["failures"]] == ["boilerplate/endless"]
    assert "bad.txt: the rule broke: took too long (boilerplate/endless)" in done.stderr


def test_an_exception_without_an_end_is_stopped() -> None:
    check = Check(regex=r"a+ !", unless=r"(?:a|aa)+!")

    with pytest.raises(TimeoutError):
        list(check.find(document("a" * 200 + " !"), ()))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"regex": "(a"}, "“(a” is no regular expression: missing )"),
        ({"regex": "a", "unless": "[b"}, "“[b” is no regular expression"),
        ({"regex": "a", "replace": r"\g<b>"}, "cannot replace a match"),
    ],
)
def test_what_is_no_expression_is_refused(options: dict, message: str) -> None:
    with pytest.raises(AuditError) as error:
        Check(**options)

    assert message in str(error.value)


def test_a_match_stays_inside_its_block_and_is_not_empty() -> None:
    check = Check(regex=r"a\s*a|x*")

    found = [(hit.start, hit.end) for hit in check.find(document("a", "a a", "y"), ())]

    assert found == [(3, 6)]


def test_it_pickles_after_use() -> None:
    check = Check(regex="a", needs=("A",))
    list(check.find(document("a"), ()))

    assert pickle.loads(pickle.dumps(check)).literals == {"a"}


def test_a_group_may_be_called_found(tmp_path: Path) -> None:
    text = (PACKS / "patterns.yaml").read_text().replace("?P<word>", "?P<found>").replace("?P=word", "?P=found")
    pack = tmp_path / "found.yaml"
    pack.write_text(text.replace("{word}", "{found}").replace("<word>", "<found>"))

    assert not [outcome.fault for outcome in prove(packfile.read(pack).rules) if outcome.fault]
