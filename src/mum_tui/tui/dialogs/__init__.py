"""Dialogs on top of the main screen."""
