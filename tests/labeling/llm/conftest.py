from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stance.labeling.llm.asking import Retry
from stance.labeling.llm.labeler import LlmLabeler
from tests.conftest import HOLDER, SENTENCES, TARGET, pair
from tests.labeling.llm.standin import Server, serving

QUICK = Retry(attempts=4, first_wait=0.01, longest_wait=2.0, timeout=0.5)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def make(server: Server, tmp_path: Path) -> Callable[..., LlmLabeler]:
    def made(**more: Any) -> LlmLabeler:
        fixed = {"model": "tiny", "base_url": server.url, "retry": QUICK}
        return LlmLabeler(**(fixed | {"cache": str(tmp_path / "cache.sqlite")} | more))

    return made


@pytest.fixture
def rows() -> pd.DataFrame:
    """Six sentences with two targets each."""
    return pd.DataFrame(
        pair(text, party, None, sentence_index=index)
        for index, (text, _) in enumerate(SENTENCES)
        for party in (HOLDER, TARGET)
    )
