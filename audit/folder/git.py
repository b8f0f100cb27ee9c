"""Ask git about the repository that a folder lies in, whatever a hook has set for another one."""

from __future__ import annotations

import os
import subprocess

_NOT_OURS = (  # set in hooks, for another folder; what would lay out differences or read paths in another way
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"),
    *("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS"),
    *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
)


def run(folder: str, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder` with `input` on its standard input; raise `OSError` where git is not installed."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    command = ["git", "-C", folder, "-c", "core.quotePath=true", *arguments]
    return subprocess.run(command, input=input, capture_output=True, env=environment, check=False)
