"""What is known of one entry, of several and of all, as data for the shell and the screen alike."""
