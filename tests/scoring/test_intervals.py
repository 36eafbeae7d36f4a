from __future__ import annotations

import numpy as np
import pandas as pd

from stance.scoring.intervals import mean_interval, sums_of


def test_the_closed_form_is_the_variance_between_the_read_and_the_imagined_articles() -> None:
    n, s = np.array([2, 5, 1, 4]), np.array([1, -3, 0, 4])
    size = n.mean()
    sizes, signs = np.append(n, [size] * 3), np.append(s, [-size, 0, size])
    mean = signs.sum() / sizes.sum()
    error = np.sqrt(7 / 6 * ((signs - mean * sizes) ** 2).sum()) / sizes.sum()

    sums = sums_of(pd.Series(n), pd.Series(s)).sum().to_frame().T
    low, high = mean_interval(sums)

    # 2.4469 is Student's 0.975 quantile with 6 degrees of freedom.
    assert abs(low[0] - (mean - 2.4469 * error)) < 1e-4
    assert abs(high[0] - (mean + 2.4469 * error)) < 1e-4


def test_the_interval_holds_the_mean_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    runs, articles = 2_000, 60
    leanings = rng.dirichlet([0.6, 0.4, 1.0], (runs, articles))
    sizes = 1 + rng.poisson(3, (runs, articles))
    counts = rng.multinomial(sizes.ravel(), leanings.reshape(-1, 3)).reshape(runs, articles, 3)
    s = counts[..., 2] - counts[..., 0]
    frame = pd.DataFrame({"run": np.repeat(np.arange(runs), articles)})
    sums = sums_of(pd.Series(sizes.ravel()), pd.Series(s.ravel())).astype(int)

    low, high = mean_interval(sums.groupby(frame["run"]).sum())

    held = ((low <= 0.2) & (high >= 0.2)).mean()
    assert 0.94 <= held <= 0.98
