"""No list at all: the parties that articles themselves bring, as a list for a person to edit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from stance.parties.folding import fold
from stance.parties.grammar import OPENERS, TITLES, WEEKDAYS_MONTHS
from stance.parties.kinds import kind_of
from stance.schema.nouns import Article, InputError, Party

#: Finds names in a text: ``(start, end, kind)``. Any token classifier can be made one.
Recogniser = Callable[[str], Iterable[tuple[int, int, str]]]

_PART = r"(?:[A-Z]\.(?:[A-Z]\.)+|[A-Z][\w'&-]*\w(?:'(?= [A-Z]))?|[A-Z]{2,})"
_LINK = r"(?:of|for|the|de|del|da|di|van|von|der|al|bin)"
_NAME = re.compile(rf"{_PART}(?:(?: {_LINK}){{0,2}} {_PART})*")
#: "Brandt's Attorney General Ona Bly" and "Brandt Council Speaker Ona Bly" are Bly.
_TITLES = re.compile(rf"^(?:.* )?(?:{TITLES})\.? (?=[A-Z])")
_TITLE = re.compile(rf"(?:{TITLES})s?")
_ACTS = re.compile(
    r"^(?:'s\b|,? (?:who|which|said|says|told|has|have|had|will|would|is|was|were|are|and|also|"
    r"\w+(?:ed|es|s))\b)"
)
_ACTED_ON = re.compile(
    r"\b(?:by|against|toward|towards|for|with|from|accused|urged|to|between|and)(?: the)? $"
)
_NOT_NAMES = OPENERS | WEEKDAYS_MONTHS | {"I", "Mr", "Mrs", "Ms", "Dr"}
_NOT_NAMES |= frozenset("Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec a.m p.m AM PM".split())


def find_parties(
    articles: Iterable[Article], least: int = 2, recogniser: Recogniser | None = None
) -> list[Party]:
    """Names that recur as actors in the articles, the most frequent first.

    A name counts if it stands at least ``least`` times in one article or over all of them, and at
    least once as somebody who acts or is acted on. Surnames and acronyms join the full name.
    ``recogniser``: a named-entity model's findings instead of capitals.
    """
    seen: Counter[str] = Counter()
    acting: Counter[str] = Counter()
    acronyms: dict[str, str] = {}
    for article in articles:
        text = fold(article.text)
        for start, end in _names(text, recogniser):
            name = text[start:end]
            seen[name] += 1
            acting[name] += bool(_ACTS.match(text[end : end + 30])) or bool(
                _ACTED_ON.search(text[max(0, start - 30) : start])
            )
            if brackets := re.match(r" \(([A-Z]{2,8})\)", text[end : end + 12]):
                acronyms[brackets[1]] = name
    return list(_parties(seen, acting, acronyms, least))


def _names(text: str, recogniser: Recogniser | None) -> Iterator[tuple[int, int]]:
    if recogniser is not None:
        yield from ((start, end) for start, end, _ in recogniser(text))
        return
    for match in _NAME.finditer(text):
        start, end = match.span()
        words = match.group().removesuffix("'s")
        while words.split(" ", 1)[0].partition("'")[0] in _NOT_NAMES:
            if " " not in words:
                break
            words = words.split(" ", 1)[1]
        if kind_of(words) in ("person", "other"):
            words = _TITLES.sub("", words)
        first, last = words.partition("'")[0], words.rpartition(" ")[2]
        if {first, last} & _NOT_NAMES or _TITLE.fullmatch(last) or not words[:1].isupper():
            continue
        start = text.index(words, start, end)
        end = start + len(words)
        # A capital that only opens a sentence is no name: the word stands in small letters too.
        if " " not in words and f" {words.lower()} " in text:
            continue
        if len(words) > 1:
            yield start, end


def _parties(
    seen: Counter[str], acting: Counter[str], acronyms: dict[str, str], least: int
) -> Iterator[Party]:
    full = _fuller(seen)
    aliases: defaultdict[str, set[str]] = defaultdict(set)
    total, acts = Counter[str](), Counter[str]()
    for name, count in seen.items():
        owner = acronyms.get(name) or full.get(name) or name
        total[owner] += count
        acts[owner] += acting[name]
        if owner != name:
            aliases[owner].add(name)
    for name, count in total.most_common():
        if count >= least and acts[name]:
            kept = tuple(sorted(aliases[name] - {name.split()[-1]}))
            yield Party(name, name, _kind(name, bool(aliases[name])), kept)


def _fuller(seen: Counter[str]) -> dict[str, str]:
    """A name that ends or begins exactly one longer name → that name ("the League", "Okonjo")."""
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for name in seen:
        words = name.split()
        for size in range(1, len(words)):
            longer[" ".join(words[-size:])].add(name)
            longer[" ".join(words[:size])].add(name)
    return {name: min(longer[name]) for name in seen if len(longer.get(name, ())) == 1}


def _kind(name: str, surname: bool) -> str:
    kind = kind_of(name)
    return "person" if kind == "other" and surname and len(name.split()) == 2 else kind


def token_classifier(model: str, revision: str | None = None) -> Recogniser:
    """A Hugging Face token-classification model, a folder or a name, as a :data:`Recogniser`.

    Raises :class:`InputError` where there is no such model.
    """
    from transformers import pipeline

    try:
        tagger = pipeline(
            "token-classification", model=model, revision=revision, aggregation_strategy="simple"
        )
    except (OSError, ValueError) as error:
        raise InputError(
            f"recogniser {model}: no token-classification model of this name or folder; a name "
            "is looked up on the hub, unless HF_HUB_OFFLINE=1"
        ) from error

    def recognise(text: str) -> Iterator[tuple[int, int, str]]:
        for found in tagger(text):
            yield int(found["start"]), int(found["end"]), str(found["entity_group"])

    return recognise
