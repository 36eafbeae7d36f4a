"""The Hydra configs of every script."""
