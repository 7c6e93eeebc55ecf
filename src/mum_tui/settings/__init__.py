"""Where files are stored (``paths``), and the user's settings (``config``)."""
