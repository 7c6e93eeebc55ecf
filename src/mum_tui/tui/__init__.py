"""The browser: widgets show what they are given and post messages; one screen decides."""
