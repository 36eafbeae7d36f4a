"""`stance train` in a checkout."""

import sys

from stance.cli import launch

if __name__ == "__main__":
    launch("train", sys.argv[1:])
