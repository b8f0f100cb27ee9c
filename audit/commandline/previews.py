"""Show what a run would go by, without one: its settings, its files."""

from __future__ import annotations

from collections.abc import Sequence

from audit.commandline.output import tell_failures, write
from audit.configuration.config import Config
from audit.configuration.schemes import Schemes
from audit.configuration.showing import shown
from audit.folder.files import StandardInput
from audit.reporting.plain import for_utf8, on_one_line
from audit.running import runner


def show_settings(
    _paths: Sequence[str], config: Config, _standard_input: StandardInput | None, output: str | None
) -> int:
    """Write the settings in force to `output`, as TOML; return the exit status."""
    Schemes(config)  # which tells mistakes in what is said of rules
    write(lambda stream: stream.writelines([for_utf8(shown(config))]), output)
    return 0


def show_files(paths: Sequence[str], config: Config, standard_input: StandardInput | None, output: str | None) -> int:
    """Write the paths of the files that a run would read to `output`, one to a line; return the exit status."""
    Schemes(config)  # as above
    names, failures = runner.listing(paths, config, standard_input)
    write(lambda stream: stream.writelines([for_utf8(f"{on_one_line(name)}\n") for name in names]), output)
    tell_failures(failures)
    return 2 if failures else 0
