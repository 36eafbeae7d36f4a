"""Which pairs a person should label next, and whether it still pays."""
