"""Clipboard, web browser and editor. Functions return outcomes; child processes other than editors get no terminal."""
