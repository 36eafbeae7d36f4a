"""Which language an article is in: what it says, else what its words look like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from stance.schema.nouns import Article

#: The language of what is too short, or too like it, to be another.
DEFAULT = "en"
#: Bytes of letters that are enough to guess from: in words that are no names (three Chinese
#: characters, ten Latin letters), and in all words, of a text that is in capitals throughout.
LEAST, LEAST_CAPITALS = 10, 200
#: Characters of a text that are looked at.
MOST = 2_000
#: How much likelier than the default another language has to be; ``benchmarks/languages.py``
#: measures what that lets pass.
LIKELIER = 30
_SPELT = {
    "english": "en",
    "eng": "en",
    "portuguese": "pt",
    "por": "pt",
    "german": "de",
    "deu": "de",
    "spanish": "es",
    "spa": "es",
    "french": "fr",
    "fra": "fr",
}
_NONE = ("", "und", "mul", "zxx", "unknown", "none", "null", "nan")


def language_of(article: Article) -> str:
    """The stated language of an article, else the detected one; an ISO 639-1 code ("pt")."""
    return stated(article.language) or detect_language(article.text)


def stated(language: str) -> str:
    """A stated language as the code that it begins with ("en" of "en-GB"); "" for none."""
    word = re.split(r"[-_.@ ]", language.strip().lower())[0]
    word = _SPELT.get(word, word)
    return "" if word in _NONE else word


def detect_language(text: str, default: str = DEFAULT) -> str:
    """The language of a text, as an ISO 639 code; ``default`` where it could well be that.

    Words with a capital are left out: a headline of foreign names is not foreign.
    """
    sample = text[:MOST]
    words = " ".join(word for word in sample.split() if not word[0].isupper())
    if _letters(words) < LEAST:
        words = sample
        if _letters(words) < LEAST_CAPITALS:
            return default
    ranked = dict(_identifier().rank(words))
    best = next(iter(ranked))
    other = best not in _NONE and ranked[best] > LIKELIER * ranked.get(default, 0.0)
    return best if other else default


def _letters(text: str) -> int:
    return len("".join(filter(str.isalpha, text)).encode())


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
