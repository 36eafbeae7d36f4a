from pathlib import Path

import pytest

from stance.models.fitting import fit_model
from stance.models.majority import MajorityClassifier
from stance.models.saving import model_sha256, save
from stance.schema.nouns import InputError
from stance.tracking.flavor import example_of, signature
from stance.tracking.registry import (
    alias_version,
    champion_version,
    log_model,
    promote,
    resolve,
    rollback,
    unpacked,
    version_of,
    versions,
)
from stance.tracking.store import Tracking, run


@pytest.fixture(scope="module")
def registry(tmp_path_factory, pairs):
    """Two versions of a model in a store of their own."""
    place = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        tracking = Tracking(uri=f"sqlite:///{place}/mlflow.db", artifacts=str(place / "artifacts"))
        hashes = []
        for size in (20, 40):
            model = fit_model(MajorityClassifier(), pairs.head(size), None)
            folder = save(model, place / f"model{size}")
            hashes.append(model_sha256(folder))
            with run(tracking, "train") as logged:
                log_model(logged, folder, example_of(pairs), signature(), hashes[-1])
        yield tracking, hashes


def test_a_version_is_found_by_its_bytes(registry):
    tracking, hashes = registry
    assert [version_of(tracking, sha) for sha in hashes] == ["1", "2"]
    assert version_of(tracking, "0" * 64) is None


def test_the_alias_moves_and_goes_back(registry):
    tracking, hashes = registry
    with pytest.raises(InputError, match="no champion"):
        resolve("champion", tracking)
    with pytest.raises(InputError, match="no champion"):
        rollback(tracking)
    assert promote(tracking, "1") is None
    with pytest.raises(InputError, match="no earlier champion"):
        rollback(tracking)
    assert promote(tracking, "2") == "1"
    assert model_sha256(resolve("champion", tracking)) == hashes[1]
    assert rollback(tracking) == ("1", "2")
    assert rollback(tracking) == ("2", "1")


def test_a_version_that_is_not_there_leaves_the_champion(registry):
    tracking, _ = registry
    before = champion_version(tracking)
    with pytest.raises(Exception, match="99"):
        promote(tracking, "99")
    assert champion_version(tracking) == before


def test_a_promotion_that_breaks_leaves_both_aliases(registry, monkeypatch):
    # given a store that fails at the champion's alias, whoever was champion before the champion
    from mlflow import MlflowClient

    tracking, _ = registry
    promote(tracking, "1")
    promote(tracking, "2")
    before = [alias_version(tracking, alias) for alias in ("champion", "previous")]
    move = MlflowClient.set_registered_model_alias

    def breaks(client, name, alias, version):
        if alias == "champion":
            raise OSError("the disk is full")
        move(client, name, alias, version)

    monkeypatch.setattr(MlflowClient, "set_registered_model_alias", breaks)
    # when
    with pytest.raises(OSError, match="disk"):
        promote(tracking, "1")
    # then
    assert [alias_version(tracking, alias) for alias in ("champion", "previous")] == before


def test_a_promotion_notes_what_it_was_decided_by(registry):
    tracking, _ = registry
    promote(tracking, "1", {"test_set": "toy/dev"})
    (found,) = [one for one in versions(tracking) if one["version"] == "1"]
    assert found["gate"] == {"test_set": "toy/dev"}
    assert "champion" in found["aliases"]


def test_what_mlflow_cannot_resolve_is_one_line(registry):
    tracking, _ = registry
    with pytest.raises(InputError, match="MLflow cannot resolve it"):
        resolve("models:/stance/99", tracking)


def test_a_broken_archive_is_one_line(tmp_path: Path):
    path = tmp_path / "x.zip"
    path.write_text("no archive")
    with pytest.raises(InputError, match="not an archive"):
        unpacked(path)
