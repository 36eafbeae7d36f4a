"""Training with ``transformers.Trainer``: what the one-pass model and the cross-encoder share."""
