"""`stance gate` in a checkout."""

import sys

from stance.cli import launch

if __name__ == "__main__":
    launch("gate", sys.argv[1:])
