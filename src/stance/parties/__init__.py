"""Registry and matcher: who is named, and where."""
