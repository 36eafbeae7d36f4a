"""Which pairs a person should label next: a table, tasks for people, and whether to stop."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.aggregate import files, tables
from stance.jobs.doubts import doubtful
from stance.jobs.run import job, plain, say
from stance.jobs.sides import open_side
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd

#: Rows shown on the terminal.
SHOWN = 10


@job("queue")
def main(config: DictConfig) -> None:
    """Read, ask model and rules, order, write the queue and its tasks, say whether to stop."""
    from stance.labeling.people.exchange import check_export
    from stance.labeling.queue.queue import divided, probabilities, queue

    output = Path(str(config.output))
    annotators = [str(name) for name in config.annotators]
    check_export(output, annotators)
    waiting, labelled = divided(tables(config), asked(config))
    if waiting.empty and labelled.empty:
        raise InputError("pairs: none has no holder, so there is nothing to ask about")
    model: Any = open_side(config.model_uri, config).model
    if model is None:
        raise InputError(f"model_uri {config.model_uri}: is predictions; name a model")
    chances = probabilities(model, waiting)
    found = queue(
        waiting,
        labelled,
        model,
        chances,
        weights=plain(config)["weights"],
        size=config.size,
        votes=rules_votes(waiting) if config.weights.conflict else (),
        doubts=doubtful(config, labelled) if config.doubtful else None,
        doubtful=config.doubtful,
        how=config.uncertainty,
        seed=config.seed,
    )
    counts = written(config, found, output, annotators)
    say(config, table(found))
    say(config, f"{len(waiting)} pairs wait, {len(labelled)} are labelled; {told(found)}")
    for file, count in counts.items():
        say(config, f"{count} targets written to {file}")
    say(config, str(hint(config, waiting, chances)))


def asked(config: DictConfig) -> list[str]:
    """The pairs that people have labelled since, by their votes."""
    from stance.labeling.opinions import read_votes

    if config.votes is None:
        return []
    votes = read_votes(files(config, "votes"))
    spoken = (votes["kind"] == "person") & (votes["label"] != "abstain")
    return list(votes[spoken]["pair_id"].unique())


def rules_votes(waiting: pd.DataFrame) -> Any:
    """What the rules say of each pair."""
    from stance.labeling.model import RulesModel

    return RulesModel().votes(waiting)


def written(
    config: DictConfig, found: pd.DataFrame, output: Path, annotators: list[str]
) -> dict[Path, int]:
    """Write the table with all scores, and tasks for people in the queue's order."""
    from stance.labeling.people.exchange import export
    from stance.labeling.queue.queue import write_queue

    place = output.with_suffix(".queue.parquet")
    write_queue(found, place)
    settings = {name: plain(config)[name] for name in ("overlap", "each", "seed", "suggest")}
    return {place: len(found)} | export(found, output, annotators=annotators, **settings)


def told(found: pd.DataFrame) -> str:
    """How often each reason came."""
    reasons = Counter(
        reason.rpartition(" (")[0] for why in found["why"] for reason in why.split("; ") if reason
    )
    counted = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    return f"{len(found)} in the queue: {counted or 'nothing to ask'}"


def table(found: pd.DataFrame) -> Any:
    """The first of the queue."""
    from rich.table import Table

    shown = Table("#", "target", "sentence", "model", "why", title_justify="left")
    for row in found.head(SHOWN).to_dict("records"):
        sentence = row["text"][row["sentence_start"] : row["sentence_end"]]
        cells = (str(row["target"]), sentence[:90], row["predicted"], row["why"])
        shown.add_row(str(row["rank"]), *(cell.replace("[", r"\[") for cell in cells))
    return shown


def hint(config: DictConfig, waiting: pd.DataFrame, chances: Any) -> Any:
    """Whether predictions on what waits still change, from the models of earlier rounds on."""
    from stance.labeling.queue.stopping import stability

    if waiting.empty:
        return "stop? yes: no pair waits for a label"
    previous = plain(config)["previous"] or []
    uris = previous if isinstance(previous, list) else [previous]
    rounds = [predicted(str(uri), config, waiting) for uri in uris]
    return stability([*rounds, best(chances)], config.agreement)


def predicted(uri: str, config: DictConfig, waiting: pd.DataFrame) -> list[str]:
    """What an earlier model says of the pairs, or a file of its predictions."""
    from stance.evaluation.align import P_COLUMNS

    opened = open_side(uri, config)
    if opened.frame is None:
        return best(opened.model.predict_proba(waiting))
    answers = opened.frame.drop_duplicates("pair_id").set_index("pair_id")
    chances = answers.reindex(waiting["pair_id"])[list(P_COLUMNS)]
    if missing := int(chances.isna().any(axis=1).sum()):
        raise InputError(f"previous {uri}: has no answer to {missing} of {len(waiting)} pairs")
    return best(chances.to_numpy())


def best(chances: Any) -> list[str]:
    """The likeliest label of each row, sure or not."""
    from stance.schema.nouns import LABELS

    return [LABELS[at] for at in chances.argmax(axis=1)]
