"""`stance label` in a checkout."""

import sys

from stance.cli import launch

if __name__ == "__main__":
    launch("label", sys.argv[1:])
