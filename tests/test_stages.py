"""Each stage of ``dvc.yaml`` names all that its command reads, so that a change runs it again."""

from __future__ import annotations

import shlex
from pathlib import Path

import grimp
import pytest
import yaml
from hydra import initialize_config_module
from hydra.core.global_hydra import GlobalHydra
from hydra.types import RunMode

ROOT = Path(__file__).parents[1]
CODE, CONFIGS = "src/stance", "src/stance/configs"


def stages() -> dict[str, tuple[list[str], list[str]]]:
    """Each stage, once for every item: the words of its command, its dependencies."""
    found = {}
    for name, stage in yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"].items():
        for item in stage.get("foreach", [""]):
            body = str(stage.get("do", stage)["cmd"]), *stage.get("do", stage)["deps"]
            filled = [
                text.replace("${item}", item)
                .replace("${code}", CODE)
                .replace("${configs}", CONFIGS)
                for text in body
            ]
            found[f"{name}@{item}"] = (shlex.split(filled[0]), filled[1:])
    return found


def uncovered(files: set[str], deps: list[str]) -> set[str]:
    return {file for file in files if not any(Path(file).is_relative_to(dep) for dep in deps)}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("stance", cache_dir=None)


@pytest.mark.parametrize("stage", stages())
def test_a_stage_depends_on_the_code_that_its_command_imports(
    stage: str, imports: grimp.ImportGraph
) -> None:
    words, deps = stages()[stage]
    modules = imports.find_upstream_modules(f"stance.jobs.{words[1]}") | {f"stance.jobs.{words[1]}"}
    files = {str(Path("src", *module.split(".")).with_suffix(".py")) for module in modules}
    files = {file for file in files if (ROOT / file).is_file()}

    assert len(files) > 5
    assert uncovered(files, deps) == set()


@pytest.mark.parametrize("stage", stages())
def test_a_stage_depends_on_the_configs_that_its_command_composes(stage: str) -> None:
    words, deps = stages()[stage]
    with initialize_config_module("stance.configs", version_base="1.3"):
        loader = GlobalHydra.instance().config_loader()
        parts = loader.compute_defaults_list(words[1], words[2:], RunMode.RUN).defaults
    files = {f"{CONFIGS}/{part.config_path}.yaml" for part in parts}
    files = {file for file in files if (ROOT / file).is_file()}

    assert f"{CONFIGS}/{words[1]}.yaml" in files
    assert uncovered(files, deps) == set()
