"""One pass, all parties: the encoder reads a window once, and heads answer for every mention."""
