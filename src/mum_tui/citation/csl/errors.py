"""What goes wrong with a style or a locale."""


class StyleError(Exception):
    """A style or locale that cannot be read or run; the message says in one line what it is or has."""
