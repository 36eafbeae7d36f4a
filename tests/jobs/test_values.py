"""Values of shared keys are checked before anything runs."""

from __future__ import annotations

import pytest

from stance.jobs.values import check_values
from stance.schema.nouns import InputError


def test_right_values_and_nothing_at_all_pass() -> None:
    check_values({"seed": 3, "precision": 1, "threshold": None, "quiet": True, "other": "x"})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"seed": "x"}, "seed: 'x' is not a whole number"),
        ({"seed": 1.5}, "seed: 1.5 is not a whole number"),
        ({"seed": -1}, "seed: -1 is out of range, it has to be from 0 to"),
        ({"draws": True}, "draws: True is not a whole number"),
        ({"max_pairs": 0}, "max_pairs: 0 is out of range, it has to be at least 1"),
        ({"threshold": 1.5}, "threshold: 1.5 is out of range, it has to be from 0 to 1"),
        ({"register": "maybe"}, "register: 'maybe' is not true or false"),
    ],
)
def test_a_wrong_value_is_named(values: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_values(values)
