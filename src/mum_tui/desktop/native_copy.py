"""Run as a child process: copies standard input to the desktop's clipboard, reads it back and compares.

The exit status is 0 if the clipboard has the text, 1 if it has not or there is no clipboard. Nothing is printed.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

SETTLE_SECONDS = 1.0
"""How long to wait for the text: xsel ends before its background process owns the clipboard, on a busy machine long
before.
"""


def main() -> int:
    """Copy and verify; returns the exit status."""
    import pyperclip

    text = sys.stdin.buffer.read().decode()
    deadline = time.monotonic() + SETTLE_SECONDS
    try:
        pyperclip.copy(text)
        while True:
            with suppress(UnicodeError):  # the previous content may not be text
                if pyperclip.paste() == text:
                    return 0
            if time.monotonic() >= deadline:
                return 1
            time.sleep(0.02)
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
