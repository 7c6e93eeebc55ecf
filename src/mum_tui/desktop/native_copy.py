"""Run as a short-lived child: copy standard input to the desktop's clipboard, read it back, compare.

Exit status: 0 the clipboard holds the text; 1 it doesn't, or there is no clipboard. Nothing is printed.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Copy and verify; see the exit status above."""
    import pyperclip

    text = sys.stdin.buffer.read().decode()
    try:
        pyperclip.copy(text)
        return 0 if pyperclip.paste() == text else 1
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
