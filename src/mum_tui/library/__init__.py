"""What the user keeps: the library and what can be done with it, how it is stored, and the state of the browser."""
