"""The user's library: annotations, the changes that can be made to them, and the file that stores them."""
