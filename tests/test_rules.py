"""Every rule that comes with audit is proved by its own examples."""

import pytest

from audit.examples import prove
from audit.model import Rule
from audit.rulebook import packs

RULES = [rule for name in packs.builtin_names() for rule in packs.builtin(name).rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_proved_by_its_examples(rule: Rule) -> None:
    faults = [outcome.fault for outcome in prove([rule]) if outcome.fault]

    assert not faults, "\n".join(faults)


def test_ids_are_unique_over_all_packs() -> None:
    names = [name for rule in RULES for name in (rule.id, *rule.aliases)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_reads_well(rule: Rule) -> None:
    assert rule.why.endswith(".")
    assert len(rule.message) <= 160
    assert rule.category.count("/") == 1
