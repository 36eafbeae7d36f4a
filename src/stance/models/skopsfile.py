"""scikit-learn objects on disk without pickle: skops files under a list of trusted types."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

from stance.schema.nouns import InputError

#: Types beyond skops' own defaults that our estimators are made of.
TRUSTED = ("numpy.dtype",)


def write_skops(estimator: Any, path: Path) -> None:
    """Save an estimator."""
    with _without_torch():
        import skops.io

    skops.io.dump(estimator, path, compression=ZIP_DEFLATED)


def read_skops(path: Path) -> Any:
    """Load an estimator; raises :class:`InputError` for a file with types that we do not make."""
    with _without_torch():
        import skops.io
        import skops.io.exceptions

    try:
        # It looks at all types before it makes anything.
        return skops.io.load(path, trusted=list(TRUSTED))
    except skops.io.exceptions.UntrustedTypesFoundException as error:
        foreign = set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED)
        names = ", ".join(sorted(foreign))
        raise InputError(
            f"{path}: holds {names}, which no model of ours has; not loaded"
        ) from error
    except Exception as error:
        raise InputError(f"{path}: not a skops file: {error}") from error


@contextmanager
def _without_torch() -> Iterator[None]:
    """skops looks through all of scikit-learn's packages, one of which would load torch: seconds
    and 200 MB that no estimator here has a use for.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
