"""Makes ``expected.json`` anew: each item in each style as pandoc writes it.

    pip install pypandoc_binary==1.17 && python tests/core/goldens/make.py

Review what changed. pandoc is no truth by itself: where it errs, ``test_styles.py`` says what is right and why.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

import pypandoc

from mum_tui.citation import formats, styles

HERE = Path(__file__).parent
SCRIPT = """
for i = 0, tonumber(arg[1]) - 1 do
  local file = io.open(i .. '.json'); local text = file:read('a'); file:close()
  local doc = pandoc.read(text, 'csljson')
  doc.meta.lang = arg[2]
  doc.meta['citation-style'] = arg[3]
  print((pandoc.write(pandoc.utils.citeproc(doc), 'plain', {wrap_text = 'none'}):gsub('%s+', ' ')))
end
"""


def main() -> None:
    """Run pandoc over the items, style by style."""
    items = json.loads((HERE / "items.json").read_text(encoding="utf-8"))
    expected = {}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "each.lua").write_text(SCRIPT)
        for number, item in enumerate(items):
            (Path(folder) / f"{number}.json").write_text(json.dumps([item]))
        for one in formats.FORMATS:
            if one.style:
                style, language = str(styles.find(one.style).path), one.language or "en-US"
                command = [pypandoc.get_pandoc_path(), "lua", "each.lua", str(len(items)), language, style]
                done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
                lines = [re.sub(r"^(\[\d+\]|\d+\.) ?", "", line.strip()) for line in done.stdout.splitlines()]
                expected[one.id] = {item["id"]: line for item, line in zip(items, lines, strict=True)}
    (HERE / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
