"""From articles to predictions: the scorer, its writers and the report."""
