"""Microsoft's SARIF validator, installed once into a folder of the checkout that git ignores."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PACKAGE = "@microsoft/sarif-multitool"
VERSION = "5.7.0"
CACHE = Path(__file__).parents[1] / ".cache" / "npm"
PLATFORM = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, sys.platform)
# The binary brings its own .NET; without this it would also need libicu.
ENVIRONMENT = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}


def validator() -> Path:
    """Return the validator's binary, installing it first if need be; fail with what to install."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests may run in several processes
        if installed_version() != VERSION:
            install()
    binary = package_folder() / "Sarif.Multitool"
    binary.chmod(binary.stat().st_mode | stat.S_IXUSR)  # npm may be set not to run the script that does this
    return binary


def package_folder() -> Path:
    return CACHE / "node_modules" / "@microsoft" / f"sarif-multitool-{PLATFORM}"


def installed_version() -> str | None:
    manifest = package_folder() / "package.json"
    return json.loads(manifest.read_text())["version"] if manifest.is_file() else None


def install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("npm is missing, which installs the SARIF validator: apt-get install nodejs npm", pytrace=False)
    packages = [f"{PACKAGE}@{VERSION}", f"{PACKAGE}-{PLATFORM}@{VERSION}"]
    command = [npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", str(CACHE)]
    done = subprocess.run([*command, *packages], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"npm could not install {PACKAGE}@{VERSION}: {done.stderr.strip()[-500:]}", pytrace=False)


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
