"""What takes a stance away from a word: "not", "refused to", "might", "if"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from stance.labeling.phrases import Subject

if TYPE_CHECKING:
    from stance.labeling.reading import Reading

How = Literal["denied", "refused", "imagined", "reversed"]
Taken = tuple[How, str]
_LISTS: dict[How, str] = {
    "refused": "refusals",
    "imagined": "hypotheticals",
    "reversed": "reversals",
}
#: How many words before a stance word are searched where its subject is not known.
SCOPE = 6


def taken_away(reading: Reading, at: int, found: Subject | None) -> Taken | None:
    """What stands between the subject and the stance word at ``at``, or opens its clause."""
    start = found.chain if found and found.chain <= at else max(0, at - SCOPE)
    lexicon, words, kinds = reading.lexicon, reading.words, reading.kinds
    conditional = "if" in words or "unless" in words
    for here in range(max(start, at - 12), at):
        if kinds[here] == "n":
            end = min(at, here + 2)
            if words[here:end] in (("not", "only"), ("not", "just")):
                continue
            return "denied", words[here]
        if kinds[here] in ".":
            continue
        for name, kind in _LISTS.items():
            # "The debate" does not weigh anything, "they debate" does.
            if kinds[here] == "w" and words[here] in lexicon.verbs:
                continue
            end = lexicon.phrase_at(kind, words, here)
            if 0 < end <= at:
                return name, " ".join(words[here:end])
        if words[here] == "would" and conditional:
            return "imagined", "would if"
    opening = found.start if found else start
    if opening and words[opening - 1] in ("if", "whether", "unless"):
        return "imagined", words[opening - 1]
    return None
