"""What the program remembers between starts. Losing it costs a preference, nothing of the user's."""
