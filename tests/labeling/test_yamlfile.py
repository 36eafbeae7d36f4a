from __future__ import annotations

from pathlib import Path

import pytest

from stance.labeling.yamlfile import YamlFile
from stance.schema.nouns import InputError


def written(folder: Path, text: str) -> Path:
    path = folder / "words.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_value_is_found_at_its_line(tmp_path: Path) -> None:
    file = YamlFile(written(tmp_path, "verbs:\n- praise\n- {verb: back,\n   label: support}\n"))

    assert file.value["verbs"][1] == {"verb": "back", "label": "support"}
    assert file.at("verbs", 1) == f"{tmp_path}/words.yaml:3"
    assert file.at("verbs", 1, "label") == f"{tmp_path}/words.yaml:4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: [2\n", ":3: did not find"),
        ("a: 1\nb: 2\na: 3\n", ":3: key 'a' stands twice"),
    ],
)
def test_a_broken_file_names_the_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        YamlFile(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml: No such file"):
        YamlFile(tmp_path / "none.yaml")
