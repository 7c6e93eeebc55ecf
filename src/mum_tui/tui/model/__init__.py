"""What the screen shows, worked out without a screen."""
