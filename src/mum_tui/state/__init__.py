"""What the program remembers between two runs. It contains preferences only, no data of the user."""
