"""Where things are kept (``paths``) and what the user has asked for (``config``)."""
