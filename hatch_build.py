"""Build hook: compiles ``catalog.yaml`` into the wheel, so that no installed mum-tui parses YAML to start."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``mum_tui/catalog.bin`` to wheels; an editable install reads ``catalog.yaml`` itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before each build."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from mum_tui.catalog import compiled_form, load
        from mum_tui.catalog.encoded import with_newest_first
        from mum_tui.search import build

        data = (root / "catalog.yaml").read_bytes()
        loaded = load.parse(data, "catalog.yaml")
        if loaded.problems:
            raise SystemExit("\n".join(str(problem) for problem in loaded.problems))
        self.folder = tempfile.TemporaryDirectory()
        compiled = Path(self.folder.name) / "catalog.bin"
        loaded = with_newest_first(loaded)
        parts = compiled_form.pack(loaded, compiled_form.content_stamp(data), build.sections(loaded.catalog))
        compiled.write_bytes(b"".join(parts))
        build_data["force_include"][str(compiled)] = "mum_tui/catalog.bin"
