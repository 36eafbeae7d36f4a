from __future__ import annotations

from datetime import date, datetime

import pytest

from stance.text.days import day_of


@pytest.mark.parametrize(
    "said",
    [
        "2024-03-05",
        "2024-03-05T23:59:59+02:00",
        "20240305",
        20240305,
        "2024/03/05",
        "Tue, 05 Mar 2024 10:00:00 GMT",
        "5 March 2024",
        "Mar 5, 2024",
        date(2024, 3, 5),
        datetime(2024, 3, 5, 12),
        " 2024-03-05 ",
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(said: object) -> None:
    assert day_of(said) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "said", ["03/05/2024", "yesterday", "", None, "2024-13-45", 1.5, "99999999", [], "1709632800"]
)
def test_a_date_that_could_be_another_is_left_out(said: object) -> None:
    assert day_of(said) is None
