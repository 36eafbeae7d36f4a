"""Writing a list of parties that a person goes on editing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from stance.parties.registry import to_entries
from stance.schema.files import whole
from stance.schema.nouns import Party


def write_parties(parties: Iterable[Party], path: Path) -> None:
    """A registry file, one party a line, whole or not at all."""
    lines = [
        "- "
        + yaml.safe_dump(row, default_flow_style=True, allow_unicode=True, width=10_000).strip()
        for row in to_entries(parties)
    ]
    with whole(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
