"""The matcher: every mention of a registry's parties in the sentences of an article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stance.parties import grammar, places
from stance.parties.findings import Found
from stance.parties.folding import Folded
from stance.parties.listing import collecting_later
from stance.parties.names import MEMBERS, PLACES, STATES, Name, Names, meant, meant_by_common_words
from stance.parties.shorts import Shorts
from stance.schema.nouns import Mention, Party, Sentence, Span


@dataclass(frozen=True, slots=True)
class Matching:
    """What counts as a mention.

    ``ambiguous``: a name that is often something else ("Georgia") counts by the ``context`` of its
    article, ``always`` or ``never``. ``pronouns``: "she" and "it" are mentions of the last party
    that they fit. ``short_forms``: surnames, "the Front", "the ministry" count.
    """

    ambiguous: str = "context"
    pronouns: bool = False
    short_forms: bool = True


class Matcher:
    """Finds the parties of one registry; building it once serves any number of articles."""

    def __init__(self, registry: Iterable[Party], matching: Matching | None = None) -> None:
        self.parties = {party.id: party for party in registry}
        self.matching = matching or Matching()
        with collecting_later():
            self._names = Names(tuple(self.parties.values()))
        self._shorts = Shorts(self.parties, self._names.known)

    def find(self, sentences: Sequence[Sentence]) -> list[list[Mention]]:
        """The mentions in each sentence of one article, in order; spans count in the sentence."""
        mentions, _ = self.explain(sentences)
        return mentions

    def explain(
        self, sentences: Sequence[Sentence]
    ) -> tuple[list[list[Mention]], list[list[tuple[Mention, str]]]]:
        """The mentions, and what was found and left out, each with the reason."""
        text = _Joined(sentences)
        found = self._named(text)
        if self.matching.short_forms:
            found = self._shorts.add(text.folded.text, text.starts, found, self.matching.pronouns)
        kept: list[list[Mention]] = [[] for _ in sentences]
        left: list[list[tuple[Mention, str]]] = [[] for _ in sentences]
        for item in found:
            index, span = text.place(item.start, item.end)
            mention = Mention(span, item.party, item.rule)
            if item.reason is None:
                kept[index].append(mention)
            else:
                left[index].append((mention, item.reason))
        return kept, left

    def _named(self, text: _Joined) -> list[Found]:
        """What the registry's own names find, with the reasons against it."""
        found: list[Found] = []
        entries = self._names.entries
        folded = text.folded.text
        for entry, start, end in self._names.find(folded):
            self._add(found, text, entries[entry], start, end)
        for low, high in text.capitals():
            automaton, upper = self._names.capitals()
            for entry, start, end in automaton.find(folded[low:high]):
                if not any(f.start < low + end and low + start < f.end for f in found):
                    self._add(found, text, upper[entry], low + start, low + end)
        found.sort()
        return self._doubtful(self._titled(found))

    def _add(
        self, found: list[Found], text: _Joined, entries: list[Name], start: int, end: int
    ) -> None:
        """Judge one surface and keep what comes of it."""
        folded = text.folded.text
        if start and (folded[start - 1].isalnum() or folded[start - 1] in "_@"):
            return
        plural = False
        if end < len(folded) and (folded[end].isalnum() or folded[end] == "_"):
            plural = folded[end] == "s" and not folded[end + 1 : end + 2].isalnum()
            if not plural or entries[0].party.kind not in MEMBERS:
                return
            end += 1
        if entries[0].how == "small":
            entries = meant_by_common_words(entries, folded[start:end], folded)
            if not entries:
                return
        elif len(entries) > 1 and entries[0].how == "short":
            entries = meant(entries, folded[start:end], folded)
        name = entries[0]
        if name.how == "not":
            return
        rule, end, reason = self._judge(text, name, start, end)
        if len(entries) > 1:
            reason = reason or "ambiguous"
        elif name.ambiguous and reason is None and self.matching.ambiguous != "always":
            reason = "?" if self.matching.ambiguous == "context" else "ambiguous"
        if found and found[-1].end > start:
            return
        found.append(Found(start, end, name.party.id, "plural" if plural else rule, reason))

    def _judge(
        self, text: _Joined, name: Name, start: int, end: int
    ) -> tuple[str, int, str | None]:
        """The rule, the end and the reason against a surface, read in its context."""
        folded = text.folded.text
        rule = name.how
        if grammar.COMPOUND_AFTER.match(folded, end) or (
            start
            and folded[start - 1] == "-"
            and grammar.ANTI_PRO_BEFORE.search(folded[:start][-8:])
        ):
            return "compound", end, None
        if rule == "demonym":
            return self._demonym(folded, start, end)
        sentence, first = text.around(start)
        if rule == "surname":
            own = frozenset(name.party.name.split())
            other = not text.headline(start) and places.other_person(folded, start, sentence, own)
            return rule, end, "somebody else's name" if other else None
        if rule == "small":
            return "short", end, None
        if rule == "short":
            opens = start == sentence and " " not in folded[start:end]
            if opens and not grammar.MEMBERS_AFTER.match(folded, end):
                return rule, end, "only opens the sentence"
            longer = places.longer_name(folded, start, end, sentence, text.headline(start))
            return rule, end, "part of a longer name" if longer else None
        if rule == "metonym" or name.party.kind in PLACES:
            acts = rule in ("name", "alias") and name.party.kind in STATES
            if acts and (actor := grammar.ACTOR_AFTER.match(folded, end)):
                return rule, actor.end(1), None
            opens = start - sentence <= 4
            reason = places.place(folded, start, end, opens, first)
            if reason is None and name.party.kind == "place":
                reason = "place" if places.town_as_place(folded, start, end) else None
            if reason is None and " " not in folded[start:end] and rule != "acronym":
                headline = text.headline(start)
                if places.longer_name(folded, start, end, sentence, headline):
                    reason = "part of a longer name"
            return rule, end, reason
        return rule, end, None

    @staticmethod
    def _demonym(folded: str, start: int, end: int) -> tuple[str, int, str | None]:
        """ "Russian" counts with who acts for Russia, or with what it does; not of its people."""
        if actor := grammar.ACTOR_AFTER.match(folded, end):
            return "demonym", actor.end(1), None
        if grammar.ACT_AFTER.match(folded, end):
            return "demonym", end, None
        return "demonym", end, "people or thing"

    def _titled(self, found: list[Found]) -> list[Found]:
        """An office right before a person's name is that person's title."""
        for here, (item, following) in enumerate(pairwise(found)):
            if (
                self.parties[item.party].kind == "office"
                and self.parties[following.party].kind == "person"
                and following.start == item.end + 1
            ):
                found[here] = item._replace(reason="a title")
        return found

    def _doubtful(self, found: list[Found]) -> list[Found]:
        """Settle the ambiguous names: another name of the party, or of a state, speaks for them."""
        if not any(item.reason == "?" for item in found):
            return found
        sure = {item.party for item in found if item.reason in (None, "people or thing")}
        abroad = {p for p in sure if self.parties[p].kind == "state"} - {"united-states"}
        settled = []
        for item in found:
            if item.reason == "?":
                clear = item.party in sure or bool(abroad)
                item = item._replace(reason=None if clear else "ambiguous")
            settled.append(item)
        return settled


class _Joined:
    """The sentences as one folded text, and the way back from its places."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.folded = Folded("\0".join(sentence.text for sentence in sentences))
        self.originals: list[int] = []
        self._headlines: dict[int, bool] = {}
        at = 0
        for sentence in sentences:
            self.originals.append(at)
            at += len(sentence.text) + 1
        self.starts = self.originals
        if self.folded.shorter:
            self.starts = self._folded_starts()

    def _folded_starts(self) -> list[int]:
        """Where the sentences start in a folded text that is shorter than the original."""
        starts, at = [], 0
        for sentence in self.sentences:
            starts.append(at)
            at += len(Folded(sentence.text).text) + 1
        return starts

    def index(self, start: int) -> int:
        """The sentence that holds a place of the folded text."""
        return bisect_right(self.starts, start) - 1

    def around(self, start: int) -> tuple[int, bool]:
        """Where its sentence starts, and whether that is the article's first."""
        index = self.index(start)
        return self.starts[index], index == 0

    def place(self, start: int, end: int) -> tuple[int, Span]:
        """The sentence of a folded place, and the span in it."""
        index = self.index(start)
        first, last = self.folded.span(start, end)
        base = self.originals[index]
        return index, Span(first - base, last - base)

    def headline(self, start: int) -> bool:
        """Whether the sentence is written in title case; looked at once, however many it names."""
        index = self.index(start)
        if index not in self._headlines:
            words = [w for w in self.sentences[index].text.split() if w[0].isalpha()]
            capital = sum(word[0].isupper() for word in words)
            self._headlines[index] = len(words) > 2 and capital >= 0.7 * len(words)
        return self._headlines[index]

    def capitals(self) -> list[tuple[int, int]]:
        """The stretches of sentences in capitals, and a dateline's."""
        found = []
        for index, sentence in enumerate(self.sentences):
            if sentence.text.isupper() and " " in sentence.text:
                start = self.starts[index]
                end = (
                    self.starts[index + 1] - 1
                    if index + 1 < len(self.starts)
                    else len(self.folded.text)
                )
                found.append((start, end))
        return found
