"""The browser: widgets that show what they are given and say what was done to them, and one screen that decides."""
