"""Labels from any language model behind an OpenAI-compatible server."""
