"""What comes from the terminal, and giving it back in every way the browser may end."""
