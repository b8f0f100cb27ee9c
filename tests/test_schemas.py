"""The published schemas are made of the code, and judge a file as its reader does."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from audit.cli import cli
from audit.configuration import config
from audit.configuration.tomltext import key, written
from audit.documentation import schemas
from audit.model import AuditError
from audit.rulebook import packfile, packs
from conftest import ROOT

PACK = """\
description: What our own site leaves behind
rules:
  - id: boilerplate/house-label
    check: pattern
    severity: warning
    category: accuracy/addition
    message: “{found}” is a leftover.
    why: The app adds it.
    options: {regex: "Open in the app"}
    examples:
      - good: Readers open it.
      - bad: "[[Open in the app]]"
"""


class Loader(yaml.SafeLoader):
    """Reads YAML 1.2, as editors do: `no` is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":bool", ":timestamp"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", yaml.resolver.re.compile("^(?:true|false)$"), list("tf"))


@cache
def validator(name: str) -> jsonschema.protocols.Validator:
    schema = schemas.schema(name)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


@pytest.mark.parametrize("name", ["config", "pack"])
def test_schemas_are_current(golden, name: str) -> None:
    golden(f"audit/schemas/{name}.schema.json", schemas.written(schemas.schema(name)))


@pytest.mark.parametrize("name", ["config", "pack", "report"])
def test_the_command_prints_what_is_published(name: str) -> None:
    done = CliRunner().invoke(cli, ["schema", name])

    assert done.exit_code == 0
    assert json.loads(done.output) == json.loads((schemas.folder() / f"{name}.schema.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "rules").glob("*.yaml")), *sorted((ROOT / "tests" / "packs").glob("*.yaml"))], ids=str
)
def test_packs_are_what_the_schema_says(path: Path) -> None:
    value = yaml.load(path.read_text(encoding="utf-8"), Loader)

    assert [error.message for error in validator("pack").iter_errors(value)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: warning", "severity: bad"),
        ("severity: warning", "severety: warning"),
        ("    why: The app adds it.\n", ""),
        ("boilerplate/house-label", "House Label"),
        ("check: pattern", "check: patern"),
        ("regex: ", "regexp: "),
        ("    options: {regex: ", "    kinds: [titel]\n    options: {regex: "),
        ("    options: {regex: ", "    languages: [english]\n    options: {regex: "),
        ("    options: {regex: ", "    critical: perhaps\n    options: {regex: "),
        ('    options: {regex: "Open in the app"}\n', ""),
        ("“{found}”", "“{found!r}”"),
        ("“{found}”", "“{found”"),
        ("[[Open in the app]]", "Open in the app"),
        ("good: Readers open it.", 'good: "[[Readers]] open it."'),
        ("good: Readers open it.", "{good: Readers open it., bad: '[[Open in the app]]'}"),
        ("good: Readers open it.", "{good: Readers open it., confidence: sure}"),
        ("good: Readers open it.", "{good: Readers open it., format: docx}"),
        ("good: Readers open it.", "{good: Readers open it., known_failure: maybe}"),
        ("rules:", "default: maybe\nrules:"),
        ("description: ", "about: "),
    ],
)
def test_schema_and_reader_refuse_the_same_packs(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(PACK, encoding="utf-8")
    packfile.read(path)
    validator("pack").validate(yaml.load(PACK, Loader))
    assert old in PACK
    wrong = PACK.replace(old, new, 1)
    path.write_text(wrong, encoding="utf-8")

    with pytest.raises(AuditError):
        packfile.read(path)
    assert not validator("pack").is_valid(yaml.load(wrong, Loader))


WORDS = st.text(st.sampled_from('aé"\\\n\t\x7f{ =#.'), max_size=6)
VALUES: Any = st.recursive(
    st.booleans() | st.integers(-5, 200) | st.floats(-5, 200) | WORDS
    | st.sampled_from(["en", "pt_BR", "never", "error", "low", "py3langid", "names", "a/**", "house.yaml"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "error", "body", "severity"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Return tables that look like a configuration, of which many are one."""
    properties = schemas.schema("config")["properties"]
    names = draw(st.lists(st.sampled_from([*properties, "slect"]), max_size=3, unique=True))
    found = {name: draw(likely(properties.get(name, {})) | VALUES) for name in names}
    if draw(st.booleans()):
        paths = draw(likely(properties["packs"]) | VALUES)
        found["overrides"] = [{"paths": paths, "ignore": ["names"], **draw(st.just({}) | st.just({"jobs": 1}))}]
    return found


def likely(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return values that a schema allows, more or less."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "array" and schema["items"].get("type") == "string":
        return st.lists(st.sampled_from(["names", "numbers/*", " "]), max_size=2)
    if schema.get("type") in ("number", "integer"):
        return st.integers(int(schema.get("minimum", 0)) - 1, int(schema.get("maximum", 9)) + 1)
    if schema.get("type") == "object" and "additionalProperties" in schema:
        inner = schema["additionalProperties"] or {}
        names = list(schema.get("properties", {})) or ["names", "numbers/*"]
        members = {name: schema.get("properties", {}).get(name, inner) for name in names}
        return st.fixed_dictionaries({}, optional={name: likely(member) for name, member in members.items()})
    return st.sampled_from(["en", "sr-Latn", "english!", "a.toml", ""])


@given(tables())
def test_what_the_schema_allows_can_be_read_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, Any]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "schema"
    folder.mkdir(exist_ok=True)
    lines = [f"{key(name)} = {written(value)}\n" for name, value in table.items()]
    (folder / "audit.toml").write_text("".join(lines), encoding="utf-8", newline="")
    assert tomllib.loads("".join(lines)) == table

    try:
        config.load(str(folder), {})
    except AuditError as error:
        is_read = "is switched on by" in str(error)  # what two keys say together is beyond a schema
    else:
        is_read = True

    assert validator("config").is_valid(table) == is_read


def test_the_built_packs_need_no_other_check_than_the_schema_knows() -> None:
    known = validator("pack").schema["definitions"]["rule"]["properties"]["check"]["enum"]

    assert {rule.check for name in packs.builtin_names() for rule in packs.builtin(name).rules} <= set(known)
