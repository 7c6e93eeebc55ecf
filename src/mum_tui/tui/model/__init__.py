"""Computes what the screen shows; tested without a screen."""
