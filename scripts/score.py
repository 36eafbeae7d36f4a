"""`stance score` in a checkout."""

import sys

from stance.cli import launch

if __name__ == "__main__":
    launch("score", sys.argv[1:])
