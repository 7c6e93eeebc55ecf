"""The main screen, and its acts: one module per group."""
