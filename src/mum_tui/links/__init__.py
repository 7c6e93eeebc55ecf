"""Asking links whether they still lead somewhere: one (``probe``), many (``survey``), in words (``report``)."""
