"""Which rules and settings hold for a file: those of the configuration, or others for some paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audit.configuration.config import Config, overridden
from audit.configuration.keys import RuleSettings
from audit.configuration.pathglobs import matches
from audit.language import detectors
from audit.model import AuditError, Confidence, Rule, Table
from audit.rulebook import packs
from audit.rulebook.rulenames import fits, unknown

_HOUSE_PACK = "names-house"
_NAME_TABLE = "name-table"


@dataclass(frozen=True, eq=False)
class Scheme:
    """The rules that run over a file, and the settings that hold for it; each is equal to itself alone."""

    rules: tuple[Rule, ...]
    config: Config


class Schemes:
    """The schemes of a run; raises `AuditError` for a mistake in what the configuration says of rules."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._by_overrides: dict[tuple[int, ...], Scheme] = {}
        self.main = self._scheme(())
        for number in range(len(config.overrides)):  # a mistake is told even if no file shows it
            self._scheme((number,))

    @property
    def there(self) -> tuple[Rule, ...]:
        """All rules that some file may be checked by, or that were left out, each once."""
        configs = [scheme.config for scheme in self._by_overrides.values()]
        found = {rule.id: rule for config in configs for rule in packs.load(_packs(config))}
        return tuple(found.values())

    @property
    def running(self) -> tuple[Rule, ...]:
        """All rules that some file may be checked by, each once, those of the main scheme as they are there."""
        schemes = reversed(self._by_overrides.values())
        found = {rule.id: rule for scheme in schemes for rule in scheme.rules}
        return tuple(found[rule.id] for rule in self.there if rule.id in found)

    def of(self, shown: str) -> Scheme:
        """Return what holds for the file that reports call `shown`."""
        overrides = self._config.overrides
        if not overrides:
            return self.main
        return self._scheme(
            tuple(
                number
                for number, override in enumerate(overrides)
                if any(matches(shown, glob) for glob in override.paths)
            )
        )

    def _scheme(self, numbers: tuple[int, ...]) -> Scheme:
        if numbers not in self._by_overrides:
            config = self._config
            for number in numbers:
                config = overridden(config, config.overrides[number])
            self._by_overrides[numbers] = Scheme(rules_of(config), config)
        return self._by_overrides[numbers]


def rules_of(config: Config) -> tuple[Rule, ...]:
    """Return the rules that a configuration switches on, as it wants them."""
    there = packs.load(_packs(config), _without(config))
    rules = _selected(there, config)
    if not rules:
        raise AuditError(_placed(config, "select", "no rule is left by what is selected and ignored"))
    rules = with_detector(rules, config.detector)
    if config.names:
        rules = _with_house_names(rules, _house_table(config.names, config))
    for settings in config.rules:
        if problem := _unknown(there, settings.rule, config):
            raise AuditError(f"{settings.where}: {problem}")
        rules = tuple(_with_settings(rule, settings) if fits(rule, settings.rule) else rule for rule in rules)
    return rules


def _placed(config: Config, setting: str, message: str) -> str:
    """Return a message with the place that set `setting`, if a file did."""
    where = config.where.get(setting)
    return f"{where}: {message}" if where else message


def _packs(config: Config) -> tuple[str, ...]:
    return (*config.packs, _HOUSE_PACK) if config.names else config.packs


def _without(config: Config) -> tuple[str, ...]:
    own = [Path(name).stem for name in config.packs if packs.is_file(name)]
    for name in config.without_packs:
        if name not in (*packs.builtin_names(), *own):
            try:
                packs.builtin(name)
            except AuditError as error:
                raise AuditError(_placed(config, "without_packs", str(error))) from None
    return config.without_packs


def _unknown(rules: Sequence[Rule], glob: str, config: Config) -> str | None:
    """Return what to tell a person whose `glob` means no rule, None if it means one, be its pack switched off."""
    if problem := unknown(rules, glob):
        off = {*config.without_packs}
        found = [packs.builtin(name) for name in off.intersection(packs.builtin_names())]
        found += [packs.own_pack(name) for name in config.packs if packs.is_file(name) and Path(name).stem in off]
        if not any(fits(rule, glob) for pack in found for rule in pack.rules):
            return problem
    return None


def _selected(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """Return the rules that fit a glob of `select` (all if there is none) and none of `ignore`."""
    for setting, globs in (("select", config.select), ("ignore", config.ignore)):
        for glob in globs:
            if problem := _unknown(rules, glob, config):
                raise AuditError(_placed(config, setting, problem))
    return tuple(
        rule
        for rule in rules
        if (not config.select or any(fits(rule, glob) for glob in config.select))
        and not any(fits(rule, glob) for glob in config.ignore)
    )


def with_detector(rules: tuple[Rule, ...], name: str) -> tuple[Rule, ...]:
    """Return the rules with the detector called `name` where their check asks one and they do not say which."""
    detectors.named(name)  # one that is not installed is told before any article is read
    if name == detectors.DEFAULT:
        return rules
    from audit.rulebook import packfile

    asking = {rule.id for rule in rules if "detector" in packfile.option_types(rule.check)}
    return tuple(
        _with_options(rule, {"detector": name, **rule.options}) if rule.id in asking else rule for rule in rules
    )


def _with_options(rule: Rule, options: Mapping[str, Any]) -> Rule:
    return replace(rule, options=options)


def _house_table(path: str, config: Config) -> Table:
    from audit.rulebook.tables import read_table

    try:
        table = read_table(Path(path))
        for row in table.rows:
            if not row.cells["house"] or not row.cells["also"]:
                raise AuditError(f"{path}:{row.line}: a row needs a name in house, and other spellings in also")
    except OSError as error:
        raise AuditError(_placed(config, "names", f"{path}: {error.strerror or error}")) from None
    except UnicodeDecodeError as error:
        raise AuditError(f"{path}: is not UTF-8 ({error.reason} at byte {error.start})") from None
    except AuditError as error:
        raise AuditError(_placed(config, "names", str(error))) from None
    return table


def _with_house_names(rules: tuple[Rule, ...], table: Table) -> tuple[Rule, ...]:
    """Return the rules with the names of the house in one of their own, and left alone by the others."""
    return tuple(
        rule
        if rule.check != _NAME_TABLE
        else _with_options(rule, {**rule.options, "table" if rule.pack == _HOUSE_PACK else "house": table})
        for rule in rules
    )


def _with_settings(rule: Rule, settings: RuleSettings) -> Rule:
    """Return a rule as the configuration wants it."""
    severity = rule.severity if settings.severity is None else settings.severity
    confidence: Confidence | None = rule.confidence if settings.confidence is None else settings.confidence
    changed = replace(rule, severity=severity, confidence=confidence)
    if settings.options is None:
        return changed
    from audit.rulebook import packfile

    options = packfile.options_of(rule.check, settings.options.pairs(), settings.options.path.absolute().parent)
    changed = _with_options(changed, {**rule.options, **options})
    try:
        packfile.attempt(changed)
    except AuditError as error:
        raise settings.options.error(str(error)) from None
    return changed
