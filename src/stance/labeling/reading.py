"""A sentence as the rules read it, once for all its targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from stance.labeling.attribution import Attribution, attributions
from stance.labeling.lexicon import Entry, Lexicon, phrase_end
from stance.labeling.phrases import POSSESSIVES, Subject, name_start
from stance.labeling.tagging import tag
from stance.schema.nouns import Span

_ABBREVIATED = (
    r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Hon|St|Jr|Sr|Pres|"
    r"Atty|Maj|Adm|Cmdr|Supt|Messrs|No|vs)\.|(?:[A-Z]\.)+"
)
_WORD = re.compile(
    rf"{_ABBREVIATED}|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d[\d,.]*\d|\w+(?=n['’]t\b)|"
    r"[^\W_]+(?:['’](?!s\b|re\b|ve\b|ll\b|d\b|m\b)\w+)?|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry of the lexicon where it stands: words ``start`` to ``end``."""

    entry: Entry
    start: int
    end: int


@dataclass
class Reading:
    """Words of a sentence (as written, and lower-case), their spans and kinds.

    ``parties`` holds for each party the stretches of words that name it in this sentence,
    ``before`` the spans that name it earlier in the window. Labeling functions look at this.
    """

    raw: tuple[str, ...]
    spans: tuple[Span, ...]
    parties: tuple[tuple[tuple[int, int], ...], ...]
    before: tuple[tuple[Span, ...], ...]
    lexicon: Lexicon
    text: str = ""
    words: tuple[str, ...] = ()
    kinds: str = ""
    party_of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = tuple(word.lower().replace("’", "'") for word in self.raw)
        for party, places in enumerate(self.parties):
            for start, end in places:
                for at in range(start, end):
                    self.party_of.setdefault(at, party)
        self.kinds = tag(
            self.raw, self.party_of, self.lexicon.words, self.lexicon.verbs, self.lexicon.entries
        )

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.words)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Every entry of the lexicon in the sentence."""
        found = []
        for at, word in enumerate(self.words):
            for entry in self.lexicon.starting(word):
                end = at + 1 if len(entry.words) == 1 else phrase_end(entry.words, self.words, at)
                if end > 0:
                    found.append(Cue(entry, at, end))
        return tuple(found)

    def frame(self, name: str) -> tuple[Cue, ...]:
        """The cues of one frame."""
        return self.by_frame.get(name, ())

    @cached_property
    def by_frame(self) -> dict[str, tuple[Cue, ...]]:
        """The cues by their frames."""
        found: dict[str, tuple[Cue, ...]] = {}
        for cue in self.cues:
            found[cue.entry.frame] = (*found.get(cue.entry.frame, ()), cue)
        return found

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who is reported to say what."""
        return attributions(self)

    def owner(self, at: int) -> Subject | None:
        """The name before 's, or the "his", that owns the noun at ``at``, words between aside."""
        here = at - 1
        while here >= 0 and at - here < 4 and self.kinds[here] in "wbgh":
            here -= 1
        if here >= 0 and self.words[here] in POSSESSIVES:
            return Subject(here, here + 1, here + 1)
        if here < 1 or self.kinds[here] != "s" or self.kinds[here - 1] != "x":
            return None
        return Subject(name_start(self, here - 1), here, here)

    def quoted(self, at: int) -> bool:
        """Whether a word stands inside quotation marks."""
        return self.kinds[:at].count("q") % 2 == 1

    def said(self, start: int, end: int) -> str:
        """The words themselves, for evidence."""
        return " ".join(self.words[start:end])

    def span(self, start: int, end: int) -> Span:
        """Where words stand in the window."""
        return Span(self.spans[start].start, self.spans[end - 1].end)


def read(text: str, sentence: Span, parties: Sequence[Sequence[Span]], lexicon: Lexicon) -> Reading:
    """Read the sentence of a window; ``parties`` are their mentions in the window."""
    found = list(_WORD.finditer(text, sentence.start, sentence.end))
    spans = tuple(Span(*m.span()) for m in found)
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    places = tuple(
        tuple(
            (words.start, words.stop)
            for mention in mentions
            if (words := mention.among(starts, ends))
        )
        for mentions in parties
    )
    before = tuple(tuple(m for m in some if m.end <= sentence.start) for some in parties)
    return Reading(tuple(m.group() for m in found), spans, places, before, lexicon, text)
