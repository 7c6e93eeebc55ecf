"""Dialogs and screens above the main screen."""
