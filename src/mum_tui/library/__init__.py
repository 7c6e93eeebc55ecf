"""What the user keeps: bookmarks (``library``), written so that nothing is lost (``store``), and the last session."""
