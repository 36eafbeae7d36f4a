"""Public and own labelled data, read into the one table."""
