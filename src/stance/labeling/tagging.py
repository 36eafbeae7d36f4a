"""What kind of word each word is: a letter for each, so that phrases are patterns over letters.

``x`` name, ``w`` other word, ``v`` verb, ``g`` noun on -ing, ``d`` determiner, ``p`` preposition,
``c`` conjunction, ``o`` clause opener, ``r`` pronoun, ``a`` auxiliary, ``m`` modal, ``n`` negation,
``b`` adverb, ``s`` possessive 's, ``q`` quotation mark, ``h`` hyphen, ``,`` ``(`` ``)`` ``:``
themselves, ``.`` what else ends a clause.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from stance.labeling.inflection import Form
from stance.labeling.words import Words

QUOTES = frozenset('"“”„«»‘`')
_MARKS = {",": ",", "(": "(", ")": ")", ":": ":", "[": "(", "]": ")", "-": "h", "‑": "h"}
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
#: In a headline this share of the longer words has a capital.
_HEADLINE = 0.85
_PAST: frozenset[Form] = frozenset({"past", "participle"})
#: "I like", "really like": a verb here, a preposition elsewhere.
_LIKING = frozenset("i we you they really to do did also".split())
#: Plural without an s.
_MANY = frozenset("police people men women both all many some others none".split())
_WHEN = frozenset("in on at during since for over within".split())
#: After these a word that may be a verb is one; after those it is a noun.
_VERB_AFTER, _NOUN_AFTER = frozenset("mnro"), frozenset("dsp")


def tag(
    raw: Sequence[str],
    named: Collection[int],
    words: Words,
    verbs: Mapping[str, Collection[Form]],
    stance_words: Collection[str] = (),
) -> str:
    """The letters of a sentence's words; ``named`` are the places that belong to a party."""
    lower = [word.lower().replace("’", "'") for word in raw]
    headline = is_headline([word for at, word in enumerate(raw) if at not in named])
    kinds: list[str] = []
    for at, word in enumerate(raw):
        if at in named:
            kinds.append("s" if word in _POSSESSIVE else "x")
        elif not word[0].isalnum():
            # "it's" holds a verb, "the mayor's" does not.
            kind = _mark(lower[at], words)
            kinds.append("a" if kind == "s" and kinds and kinds[-1] in "ro" else kind)
        else:
            starts = at == 0 or kinds[-1] in ".q:" or headline
            kind = _word(word, lower[at], starts, headline, words, verbs)
            if (
                kind == "x"
                and starts
                and not headline
                and _common(raw, lower, at, words, verbs, stance_words)
            ):
                kind = "w"
            kinds.append(kind)
            if lower[at] == "like" and at and (kinds[-2] == "n" or lower[at - 1] in _LIKING):
                kinds[-1] = "v"
    _mark_times(kinds, lower, words)
    for at, kind in enumerate(kinds):
        if kind == "v" or (kind == "w" and _past(raw[at])):
            kinds[at] = _verb_or_noun(kinds, lower, at, verbs.get(lower[at], _PAST))
    return "".join(kinds)


def _mark_times(kinds: list[str], lower: Sequence[str], words: Words) -> None:
    """Make "on Friday night", "in 2031", "earlier this week" adverbs."""
    for at, word in enumerate(lower):
        year = len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
        if not year and word not in words.lists["times"]:
            continue
        kinds[at] = "b"
        here = at - 1
        while here >= 0 and (kinds[here] in "bd" or lower[here].isdigit()):
            kinds[here] = "b"
            here -= 1
        if here >= 0 and lower[here] in _WHEN:
            kinds[here] = "b"


def is_headline(raw: Sequence[str]) -> bool:
    """Whether capitals tell nothing about names, because nearly every word has one."""
    longer = [word for word in raw[1:] if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 2 and sum(w[0].isupper() for w in longer) > _HEADLINE * len(longer)


def _mark(word: str, words: Words) -> str:
    if word in QUOTES:
        return "q"
    if word in _POSSESSIVE:
        return "s"
    return words.kinds.get(word) or _MARKS.get(word, ".")


def _word(
    raw: str,
    word: str,
    starts: bool,
    headline: bool,
    words: Words,
    verbs: Mapping[str, Collection[Form]],
) -> str:
    kind = words.kinds.get(word)
    capital = raw[0].isupper()
    if kind is not None:
        # "May" the prime minister, "US" the country.
        name = capital and (not starts or raw.isupper()) and len(raw) > 1 and kind in "mr"
        return "x" if name and not (raw.isupper() and headline) else kind
    if capital and not starts:
        return "x"
    if word in verbs:
        return "v"
    if _adverb(word, words) and not (capital and headline):
        return "b"
    return "x" if capital and word not in words.lists["people"] else "w"


def _adverb(word: str, words: Words) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in words.lists["not_adverbs"]


def _past(word: str) -> bool:
    """Whether a word that nobody lists looks like a verb's past."""
    return word.endswith("ed") and len(word) > 4 and word.islower()


def _common(
    raw: Sequence[str],
    lower: Sequence[str],
    at: int,
    words: Words,
    verbs: Mapping[str, Collection[Form]],
    stance_words: Collection[str],
) -> bool:
    """Whether a first word is hardly a name: "Consumer groups", "Passengers"."""
    following = raw[at + 1] if at + 1 < len(raw) else "."
    if lower[at] in stance_words:
        return True
    if following[0].isupper() or following in _MARKS or following in _POSSESSIVE:
        return False
    known = following in words.kinds or following in verbs or following.endswith(("ly", "ed"))
    return following.isalpha() and not known


def _verb_or_noun(
    kinds: Sequence[str], lower: Sequence[str], at: int, forms: Collection[Form]
) -> str:
    """ "They attack" or "the attack": by the word before it, and the one after."""
    back = at - 1
    while back >= 0 and kinds[back] in "bq":
        back -= 1
    following = kinds[at + 1] if at + 1 < len(kinds) else "."
    if back < 0:
        return "v" if following in ("dxr" if "base" in forms else "dxrp") else "w"
    kind = kinds[back]
    if lower[back] == "to" or kind in _VERB_AFTER:
        return "v"
    if "ing" in forms:
        return "g" if kind in "ds" else "v"
    if kind in _NOUN_AFTER or kind == "h":
        return "w"
    if "past" in forms or "participle" in forms:
        return "v"
    if kind == "a":
        return "v" if lower[back] in ("do", "does", "did") else "w"
    if "third" in forms:
        after = "dxrqbocanp" if kind in "w).," else "dxrqbocanpw"
        return "v" if kind in "xw).,c" and following in after else "w"
    plural = lower[back].endswith("s") or kind == "c" or lower[back] in _MANY
    return "v" if plural and following in "dxrqo" else "w"
