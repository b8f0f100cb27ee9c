"""Nodes of YAML files that know their file and line, so that every mistake can be told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from audit.language.tags import language_tag
from audit.model import PackError
from audit.suggest import did_you_mean


class Node:
    """A YAML node that knows its file, so that every mistake can be told with its line."""

    def __init__(self, path: str, node: yaml.Node) -> None:
        self.path = path
        self.node = node
        self.line = node.start_mark.line + 1

    def error(self, message: str) -> PackError:
        """Return a mistake at the line of this node."""
        return PackError(f"{self.path}:{self.line}: {message}")

    def text(self) -> str:
        """Return the word or text that stands here."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error("a single value is expected here")
        return str(self.node.value)

    def items(self) -> list[Node]:
        """Return the members of the list that stands here."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("a list is expected here")
        return [Node(self.path, item) for item in self.node.value]

    def fields(self, what: str, required: frozenset[str], optional: frozenset[str]) -> dict[str, Node]:
        """Return the mapping's values by key; an unknown, repeated or missing key is an error."""
        found: dict[str, Node] = {}
        for key, value in self.pairs():
            name = key.text()
            if name not in required and name not in optional:
                raise key.error(f"{what} has no key “{name}”{did_you_mean(name, required | optional)}")
            if name in found:
                raise key.error(f"the key “{name}” stands twice")
            found[name] = value
        if missing := sorted(required - found.keys()):
            raise self.error(f"{what} lacks “{missing[0]}”")
        return found

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Yield keys and values of the mapping that stands here."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("keys and values are expected here")
        for key, value in self.node.value:
            yield Node(self.path, key), Node(self.path, value)

    def language(self) -> str:
        """Return the language that the node names, as BCP 47 writes it."""
        try:
            return language_tag(self.text())
        except ValueError as error:
            raise self.error(str(error)) from None

    def choice(self, choices: Mapping[str, Any]) -> Any:
        """Return what the node's word stands for in `choices`."""
        word = self.text()
        if word not in choices:
            raise self.error(f"“{word}” is none of {', '.join(choices)}")
        return choices[word]


def explain(path: str, error: yaml.YAMLError) -> str:
    """Return what is wrong with a file that is no YAML, with its line."""
    mark = getattr(error, "problem_mark", None)
    line = f":{mark.line + 1}" if mark else ""
    return f"{path}{line}: {getattr(error, 'problem', None) or error}"
