"""`stance evaluate` in a checkout."""

import sys

from stance.cli import launch

if __name__ == "__main__":
    launch("evaluate", sys.argv[1:])
