"""scikit-learn objects on disk without pickle: skops files under a list of trusted types."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

from stance.schema.nouns import InputError

#: Types beyond skops' own defaults that our estimators are made of.
TRUSTED = ("numpy.dtype",)


def write_skops(estimator: Any, path: Path) -> None:
    """Save an estimator."""
    import skops.io

    skops.io.dump(estimator, path, compression=ZIP_DEFLATED)


def read_skops(path: Path) -> Any:
    """Load an estimator; raises :class:`InputError` for a file with types that we do not make."""
    import skops.io

    try:
        foreign = set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED)
    except Exception as error:
        raise InputError(f"{path}: not a skops file: {error}") from error
    if foreign:
        names = ", ".join(sorted(foreign))
        raise InputError(f"{path}: holds {names}, which no model of ours has; not loaded")
    return skops.io.load(path, trusted=list(TRUSTED))
