"""The main screen, and the actions on it: one module for each group."""
