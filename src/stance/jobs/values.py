"""Values of the keys that the scripts share: of the right type and in range, or named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stance.schema.nouns import InputError

Range = tuple[type, float | None, float | None]

#: Key → its type, the least and the most that it may be. A key means the same in every script.
TYPES: dict[str, Range] = {
    "seed": (int, 0, 2**32 - 1),
    "draws": (int, 1, None),
    "max_pairs": (int, 1, None),
    "size": (int, 1, None),
    "doubtful": (float, 0, 1),
    "agreement": (float, 0, 1),
    "last": (int, 1, None),
    "failing": (int, 0, None),
    "precision": (float, 0, 1),
    "threshold": (float, 0, 1),
    "least": (int, 1, None),
    "least_rate": (float, 0, 1),
    "least_confidence": (float, 0, 1),
    **dict.fromkeys(("quiet", "register", "allow_restricted", "track"), (bool, None, None)),
    **dict.fromkeys(("floors", "slices", "behaviour"), (bool, None, None)),
}
_NAMES = {int: "a whole number", float: "a number", bool: "true or false"}


def check_values(config: Mapping[str, Any]) -> None:
    """Raise :class:`InputError` for the first value that is none; ``null`` means not given."""
    for key, (kind, least, most) in TYPES.items():
        if (value := config.get(key)) is None:
            continue
        right = isinstance(value, bool) if kind is bool else _is_number(value, kind)
        if not right:
            raise InputError(f"{key}: {value!r} is not {_NAMES[kind]}")
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = f"at least {least:g}" if most is None else f"from {least:g} to {most:g}"
            raise InputError(f"{key}: {value} is out of range, it has to be {bounds}")


def _is_number(value: Any, kind: type) -> bool:
    return isinstance(value, int | kind) and not isinstance(value, bool)
