"""From files to articles to sentences to windows."""
