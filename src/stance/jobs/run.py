"""What the jobs share: Hydra's decorator with our config folder, and objects from configs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import hydra
from omegaconf import DictConfig, OmegaConf

from stance.jobs.values import check_values
from stance.schema.nouns import InputError

Item = TypeVar("Item")
#: How long something may take before it gets a progress bar, in seconds.
PATIENCE = 2.0
#: How wide a table may be where there is no terminal, in characters.
WIDTH = 160


def job(name: str) -> Callable[[Callable[[DictConfig], None]], Callable[[], None]]:
    """The function as a Hydra app whose primary config is ``configs/NAME.yaml``."""

    def decorate(function: Callable[[DictConfig], None]) -> Callable[[], None]:
        def app() -> None:
            failures: list[Exception] = []

            def task(config: DictConfig) -> None:
                # Hydra would print its own lines about an error before it passes it on.
                try:
                    check_values(config)
                    function(config)
                except Exception as error:
                    failures.append(error)

            hydra.main(version_base="1.3", config_path="pkg://stance.configs", config_name=name)(
                task
            )()
            if failures:
                raise failures[0]

        return app

    return decorate


def make(node: DictConfig, **more: Any) -> Any:
    """Instantiate a config node; what is wrong with it is an :class:`InputError`."""
    from hydra.errors import InstantiationException

    try:
        return hydra.utils.instantiate(node, _convert_="all", **more)
    except InstantiationException as error:
        cause = error.__cause__
        if isinstance(cause, InputError):
            raise cause from error
        raise InputError(f"config: {' '.join(str(error).split())}") from error


def plain(config: DictConfig) -> dict[str, Any]:
    """The composed config as plain values."""
    found: Any = OmegaConf.to_container(config, resolve=True)
    return dict(found)


def check_places(config: DictConfig, *keys: str) -> None:
    """Refuse outputs that cannot be written before any work is done."""
    from stance.schema.files import check_place

    for key in keys:
        if config[key]:
            check_place(Path(str(config[key])))


def say(config: DictConfig, *words: Any) -> None:
    """Print for a person, unless ``quiet``."""
    if not config.quiet:
        from rich.console import Console

        # Into a file or a pipe a table is written as wide as it needs to be.
        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
        Console(soft_wrap=True, highlight=False, width=width).print(*words)


@contextmanager
def bar(what: str, total: int | None = None) -> Iterator[Callable[[int], object]]:
    """A bar with its rate and, where the total is known, the time left; on a terminal only.

    Gives the function that takes how many more are done.
    """
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    from tqdm.auto import tqdm

    with tqdm(desc=what, total=total, delay=PATIENCE, leave=False, dynamic_ncols=True) as shown:
        yield shown.update


def progress(items: Iterable[Item], what: str, total: int | None = None) -> Iterable[Item]:
    """Pass items on with a :func:`bar`."""
    with bar(what, total) as step:
        for item in items:
            yield item
            step(1)
