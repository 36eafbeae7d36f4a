"""`stance prepare` in a checkout."""

import sys

from stance.cli import launch

if __name__ == "__main__":
    launch("prepare", sys.argv[1:])
