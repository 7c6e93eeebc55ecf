"""Citations as pandoc writes them (``pip install pypandoc_binary==1.17``)."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mum_tui.citation import styles
from mum_tui.citation.formats import Format

SCRIPT = """
for i = 0, tonumber(arg[1]) - 1 do
  local file = io.open(i .. '.json'); local text = file:read('a'); file:close()
  local doc = pandoc.read(text, 'csljson')
  doc.meta.lang = arg[2]
  doc.meta['citation-style'] = arg[3]
  print((pandoc.write(pandoc.utils.citeproc(doc), 'plain', {wrap_text = 'none'}):gsub('%s+', ' ')))
end
"""


def unnumbered(line: str) -> str:
    """A citation without the number it has in a bibliography."""
    return " ".join(re.sub(r"^(\[\d+\]|\d+\.) ?", "", line.strip()).split())


def written(items: Sequence[Mapping[str, Any]], one: Format) -> list[str]:
    """Each of the CSL items by itself in the style of a format, as one line."""
    import pypandoc

    style, language = str(styles.find(one.style).path), one.language or "en-US"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "each.lua").write_text(SCRIPT)
        for number, item in enumerate(items):
            (Path(folder) / f"{number}.json").write_text(json.dumps([item]))
        command = [pypandoc.get_pandoc_path(), "lua", "each.lua", str(len(items)), language, style]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    lines = done.stdout.splitlines()
    assert len(lines) == len(items)
    return [unnumbered(line) for line in lines]
