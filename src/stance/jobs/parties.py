"""Lists of parties: what is wrong with one, what it finds, and a first one from articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import job, plain, say
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    from rich.text import Text

#: A party's colour on the terminal, in the order in which parties come up.
COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "red")


@job("parties")
def main(config: DictConfig) -> None:
    """Check a list, find its parties in articles, or make one."""
    actions = {"check": check, "find": find, "auto": auto}
    if config.action not in actions:
        raise InputError(f"parties {config.action}: there are {', '.join(actions)}")
    actions[config.action](config)


def check(config: DictConfig) -> None:
    """Every fault of a list; an unclean list is bad input."""
    from rich.table import Table

    from stance.parties.check import check_parties
    from stance.parties.registry import load_registry

    registry = load_registry(str(config.input))
    findings = check_parties(registry)
    if not findings:
        say(config, f"{config.input}: {len(registry)} parties, nothing to mend")
        return
    table = Table("party", "fault", "what")
    for finding in findings:
        table.add_row(finding.party, finding.kind, finding.words)
    say(config, table)
    raise InputError(
        f"{config.input}: {len(findings)} faults in {len(registry)} parties, see above"
    )


def find(config: DictConfig) -> None:
    """The articles with their mentions in colour, and what was found and left out."""
    from stance.jobs.score import matcher_of
    from stance.parties.registry import load_registry
    from stance.text.articles import read_articles, sound
    from stance.text.sentences import split_sentences

    articles = list(sound(read_articles(str(config.input))))
    registry = load_registry(plain(config)["parties"], lambda: articles)
    matcher = matcher_of(config, registry)
    colours: dict[str, str] = {}
    for article in articles:
        say(config, f"[bold]{article.title or article.id}[/bold]")
        sentences = split_sentences(article.text)
        kept, left = matcher.explain(sentences)
        for sentence, mentions, refused in zip(sentences, kept, left, strict=True):
            say(config, _painted(sentence.text, mentions, refused, colours))
    for party, colour in colours.items():
        say(config, f"[{colour}]{registry[party].name}[/]")


def _painted(text: str, mentions: Any, refused: Any, colours: dict[str, str]) -> Text:
    from rich.text import Text

    painted = Text(text)
    notes = []
    for mention in mentions:
        colour = colours.setdefault(mention.party, COLOURS[len(colours) % len(COLOURS)])
        painted.stylize(f"bold {colour}", mention.span.start, mention.span.end)
        notes.append(f"{mention.span.of(text)}: {mention.party} by {mention.rule}")
    for mention, reason in refused:
        painted.stylize("strike dim", mention.span.start, mention.span.end)
        notes.append(f"{mention.span.of(text)}: not {mention.party}, {reason}")
    if notes:
        painted.append("\n    " + "; ".join(notes), style="dim")
    return painted


def auto(config: DictConfig) -> None:
    """A list of the parties that articles bring, for a person to edit."""
    from stance.parties.auto import find_parties, token_classifier
    from stance.parties.writing import write_parties
    from stance.text.articles import read_articles, sound

    named, revision = config.recogniser, config.recogniser_revision
    recogniser = token_classifier(named, revision) if named else None
    articles = sound(read_articles(str(config.input)))
    found = find_parties(articles, config.least, recogniser)
    if not found:
        raise InputError(f"{config.input}: no name recurs as an actor; lower `least`")
    if config.output is None:
        for party in found:
            say(config, f"{party.name} ({party.kind})")
        return
    write_parties(found, Path(str(config.output)))
    say(
        config,
        f"{len(found)} parties written to {config.output}; edit it, then parties={config.output}",
    )
