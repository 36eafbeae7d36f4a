from __future__ import annotations

import pytest

from stance.text.markup import visible
from stance.text.pages import read_page


@pytest.mark.parametrize("depth", [10, 300, 3_000])
def test_however_deep_the_nesting_no_words_are_lost(depth: int) -> None:
    html = f"<p>It rose.{'<div>' * depth}It <b>fell</b>.{'</div>' * depth}<p>It rained &amp; blew."

    assert visible(html) == ["It rose.", "It fell.", "It rained & blew."]


def test_a_page_nested_deeper_than_parsers_go_is_read() -> None:
    assert read_page(f"<p>It rose.{'<div>' * 3_000}It fell.")["text"] == "It rose.\n\nIt fell."


def test_scripts_and_what_is_around_the_text_are_not_shown() -> None:
    html = "<nav>Home</nav><script>a < b</script><p>It fell.<style>p {}</style><footer>(c)"

    assert visible(html) == ["It fell."]
    deep = "<div>" * 3_000
    assert visible(f"{deep}<script>a > b</script><p>It fell.<STYLE>p {{}}</STYLE>") == ["It fell."]
