"""Run as a short-lived child: copy standard input to the desktop's clipboard, read it back, compare.

Exit status: 0 the clipboard holds the text; 1 it doesn't, or there is no clipboard. Nothing is printed.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

SETTLE_SECONDS = 0.3
"""How long to look for the text: xsel ends before the process it leaves behind owns the clipboard."""


def main() -> int:
    """Copy and verify; see the exit status above."""
    import pyperclip

    text = sys.stdin.buffer.read().decode()
    deadline = time.monotonic() + SETTLE_SECONDS
    try:
        pyperclip.copy(text)
        while True:
            with suppress(UnicodeError):  # what was there before need not be text
                if pyperclip.paste() == text:
                    return 0
            if time.monotonic() >= deadline:
                return 1
            time.sleep(0.02)
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
