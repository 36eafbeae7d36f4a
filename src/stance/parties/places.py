"""Actor or place: whether a state's, a town's or a palace's name stands for who acts there."""

from __future__ import annotations

from stance.parties import grammar
from stance.parties.grammar import ARTICLES, OPENERS, WEEKDAYS_MONTHS

#: How much of the text beside a name is read, in code points.
REACH = 60


def place(text: str, start: int, end: int, opens: bool, first: bool) -> str | None:
    """Why the name at ``[start, end)`` of a sentence is only a place, or nothing.

    ``opens``: it opens its sentence. ``first``: that sentence opens its paragraph.
    """
    after = text[end : end + REACH]
    if first and opens and grammar.DATELINE_AFTER.match(after):
        return "dateline"
    if grammar.COMPOUND_AFTER.match(after):
        return None
    if grammar.PLACE_AFTER.match(after):
        return "place"
    before = text[max(0, start - REACH) : start]
    if grammar.PLACE_BEFORE.search(before) and not grammar.NOT_PLACE_BEFORE.search(before):
        return "place" if not _owns(after) else None
    return None


def town_as_place(text: str, start: int, end: int) -> bool:
    """Whether a town only says where: "at Sundhaven", "farmers from Keth", "a Sundhaven pub"."""
    before = text[max(0, start - REACH) : start]
    if grammar.TOWN_OWNER_BEFORE.search(before):
        return False
    if grammar.TOWN_BEFORE.search(before) and not _owns(text[end : end + REACH]):
        return True
    after = grammar.COMMON_AFTER.match(text, end)
    acts = grammar.ACTOR_AFTER.match(text, end)
    return bool(grammar.DETERMINER_BEFORE.search(before) and after and not acts)


def _owns(after: str) -> bool:
    """ "in Russia's interest", "in Moscow's view": whose it is acts; a place owns only places."""
    return after.startswith("'s ") and not grammar.PLACE_AFTER.match(after)


def longer_name(text: str, start: int, end: int, sentence: int, headline: bool) -> bool:
    """Whether the words are part of a longer name ("Bank of China", "Moscow State University")."""
    if headline:
        return False
    after = grammar.LONGER_AFTER.match(text[end : end + REACH])
    if (
        after
        and after[0][:4] not in (" of ", " for")
        and not _title(after[1])
        and after[1] not in WEEKDAYS_MONTHS
        and after[1] != "I"
    ):
        return True
    before = grammar.LONGER_BEFORE.search(text[max(sentence, start - REACH) : start])
    if not before:
        return False
    word, of = before[1], before[2]
    opens = start - len(before[0].lstrip()) <= sentence
    if of:
        return not grammar.OF_HEADS.match(word)
    if word in WEEKDAYS_MONTHS or word in ARTICLES or _title(word):
        return False
    return not (opens and (word in OPENERS or word.endswith("ing") or word.endswith("ed")))


def other_person(text: str, start: int, sentence: int, own: frozenset[str]) -> bool:
    """Whether a surname stands after somebody else's first name."""
    before = grammar.LONGER_BEFORE.search(text[max(sentence, start - REACH) : start])
    if not before or before[2]:
        return False
    word = before[1]
    opens = start - len(before[0].lstrip()) <= sentence
    if (
        word in own
        or word in WEEKDAYS_MONTHS
        or _title(word)
        or word.endswith("'s")
        or grammar.COMPOUND_AFTER.search(word)
    ):
        return False
    return not (opens and (word in OPENERS or word.endswith("ing")))


def _title(word: str) -> bool:
    return grammar.TITLE_BEFORE.search(f"{word} ") is not None
