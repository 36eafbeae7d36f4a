"""From rules to one label with its votes."""
