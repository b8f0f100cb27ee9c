"""Compile the packs of rules into the wheel, so that a run need not read their YAML and tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPacks(BuildHookInterface[Any]):
    """Adds `audit/_compiled.pickle` to the wheel; an editable install reads the packs as they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the packs into the build folder, and name them to the builder."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from audit import packs

        target = Path(self.directory) / packs.COMPILED.name
        target.parent.mkdir(parents=True, exist_ok=True)
        packs.compile_builtin(target)
        build_data["force_include"][str(target)] = f"audit/{target.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written beside the wheel."""
        (Path(self.directory) / "_compiled.pickle").unlink(missing_ok=True)
