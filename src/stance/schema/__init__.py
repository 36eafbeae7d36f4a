"""The nouns of the project and the one table they travel in."""
