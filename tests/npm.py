"""Programs from the npm registry, each installed once into a folder of the checkout that git ignores."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[1] / ".cache" / "npm"


def installed(package: str, version: str, *others: str) -> Path:
    """Return the folder of an npm package, installing it and `others` first if need be; fail with what to install."""
    prefix = CACHE / package.rpartition("/")[2]
    folder = prefix / "node_modules" / package
    prefix.mkdir(parents=True, exist_ok=True)
    with (prefix / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests may run in several processes
        manifest = folder / "package.json"
        if not manifest.is_file() or json.loads(manifest.read_text())["version"] != version:
            _install(prefix, [f"{package}@{version}", *others])
    return folder


def _install(prefix: Path, packages: list[str]) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail(f"npm is missing, which installs {packages[0]}: apt-get install nodejs npm", pytrace=False)
    command = [npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", str(prefix)]
    done = subprocess.run([*command, *packages], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"npm could not install {packages[0]}: {done.stderr.strip()[-500:]}", pytrace=False)
