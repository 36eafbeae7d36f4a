"""A floor is kept, missed, or missed by less than the noise."""

from __future__ import annotations

import pytest

from stance.evaluation.floors import check_floors
from stance.schema.nouns import InputError

RESULT = {
    "n": 300,
    "macro_f1": 0.70,
    "calibration_error": 0.06,
    "matthews": None,
    "interval": {
        "macro_f1": [0.65, 0.75],
        "calibration_error": [0.02, 0.09],
        "matthews": [None, None],
    },
}


@pytest.mark.parametrize(
    ("floors", "verdict"),
    [
        ({"macro_f1": 0.69}, "pass"),
        ({"macro_f1": 0.72}, "inconclusive"),
        ({"macro_f1": 0.80}, "fail"),
        ({"calibration_error": 0.07}, "pass"),
        ({"calibration_error": 0.05}, "inconclusive"),
        ({"calibration_error": 0.01}, "fail"),
        ({"speed": 100}, "pass"),
        ({"speed": 100.5}, "fail"),
        ({"matthews": 0.1}, "inconclusive"),
    ],
)
def test_verdicts(floors: dict[str, float], verdict: str) -> None:
    (check,) = check_floors(floors, RESULT, {"speed": 100.0})
    assert check.verdict == verdict
    assert check.required


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(InputError, match=r"sped was not measured; have .*macro_f1.*speed"):
        check_floors({"sped": 1}, RESULT, {"speed": 100.0})
