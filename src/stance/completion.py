"""Tab completion: Hydra completes one app, this makes the sub-commands look like one.

``eval "$(stance -sc install=bash)"`` (zsh likewise) completes commands, keys, groups and choices.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence

FLAGS = ("-sc", "--shell-completion")
#: The app whose installing script is printed: they are all alike.
ANY = "train"


def complete(
    words: Sequence[str], jobs: Collection[str], launch: Callable[[str, Sequence[str]], None]
) -> None:
    """Answer the shell: the script to install, the sub-commands, or what Hydra knows of one."""
    line = os.environ.get("COMP_LINE", "")
    app, _, rest = line.partition(" ")
    job, space, more = rest.lstrip().partition(" ")
    if not any(word.startswith("query=") for word in words):
        launch(ANY, words)
    elif job in jobs and space:
        os.environ["COMP_LINE"] = f"{app} {more}"
        launch(job, words)
    else:
        print(" ".join(name for name in jobs if name.startswith(job)))
