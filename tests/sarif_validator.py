"""Microsoft's SARIF validator, installed once into a folder of the checkout that git ignores."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

from npm import installed

PACKAGE = "@microsoft/sarif-multitool"
VERSION = "5.7.0"
PLATFORM = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, sys.platform)
# The binary brings its own .NET; without this it would also need libicu.
ENVIRONMENT = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}


def validator() -> Path:
    """Return the validator's binary, installing it first if need be."""
    binaries = f"{PACKAGE}-{PLATFORM}"
    binary = installed(binaries, VERSION, f"{PACKAGE}@{VERSION}") / "Sarif.Multitool"
    binary.chmod(binary.stat().st_mode | stat.S_IXUSR)  # npm may be set not to run the script that does this
    return binary


def validate(sarif: Path) -> list[dict[str, Any]]:
    """Return the results of validating `sarif` by the rules of the standard and of GitHub."""
    output = sarif.with_suffix(".validation.json")
    command = [str(validator()), "validate", str(sarif), "--rule-kind", "Sarif;Ghas", "--output", str(output)]
    command += ["--max-file-size-in-kb", "1000000"]  # larger files would be passed over, at 10,000 by default
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert output.is_file(), done.stdout + done.stderr
    (run,) = json.loads(output.read_text(encoding="utf-8-sig"))["runs"]
    assert run["invocations"][0]["executionSuccessful"], done.stdout + done.stderr
    return run["results"]
