"""Make in the wheel what every run would make: packs read from YAML, regular expressions compiled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Built(BuildHookInterface[Any]):
    """Adds what `audit.building` makes to the wheel; an editable install does without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into the build folder, and name them to the builder."""
        self._made: list[Path] = []
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from audit import building

        folder = Path(self.directory)
        folder.mkdir(parents=True, exist_ok=True)
        self._made = building.build(folder)
        build_data["force_include"].update({str(file): f"audit/{file.name}" for file in self._made})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written beside the wheel."""
        for file in self._made:
            file.unlink(missing_ok=True)
