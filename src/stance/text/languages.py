"""Which language an article is in: what it says, else what its words look like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from stance.schema.nouns import Article

#: The language of what is too short, or too unsure, to tell.
DEFAULT = "en"
#: Letters that a text needs before its language is guessed, and letters that are looked at.
LEAST, MOST = 40, 2_000
#: How sure a guess has to be, as the detector's probability.
SURE = 0.9
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
    """The language of a text, as an ISO 639-1 code; ``default`` where it is not plain."""
    sample = text[:MOST]
    if sum(map(str.isalpha, sample)) < LEAST:
        return default
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= SURE else default


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
