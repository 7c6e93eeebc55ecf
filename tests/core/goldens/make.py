"""Makes ``expected.json`` anew: each item in each style as pandoc writes it.

    pip install pypandoc_binary==1.17 && python -m tests.core.goldens.make

Review what changed. pandoc is no truth by itself: where it errs, ``test_styles.py`` says what is right and why.
"""

from __future__ import annotations

import json
from pathlib import Path

from mum_tui.citation import formats
from tests import pandoc

HERE = Path(__file__).parent


def main() -> None:
    """Run pandoc over the items, style by style."""
    items = json.loads((HERE / "items.json").read_text(encoding="utf-8"))
    expected = {}
    for one in formats.FORMATS:
        if one.style:
            lines = pandoc.written(items, one)
            expected[one.id] = {item["id"]: line for item, line in zip(items, lines, strict=True)}
    (HERE / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
