"""What the columns of the outputs mean, in a sentence each."""

from __future__ import annotations

from stance.scoring.intervals import LEVEL

PREDICTIONS_MEAN = {
    "pair_id": "The row's key: article, sentence, target party, holder.",
    "article_id": "The article's own id, or its file's name, with the row's number in a table.",
    "sentence_index": "The sentence's place in the article, from 0; -1 stands for an article that "
    "is empty or could not be read.",
    "text": "The window: the sentence with the sentences before it that the model could read.",
    "sentence_start": "Where the sentence begins in the window, in characters from 0.",
    "sentence_end": "Where it ends: the first character after it.",
    "target": "The words that name the target in the sentence.",
    "target_party": "The party that the stance is toward; empty where the sentence names none.",
    "target_spans": "All mentions of the target in the window, start-end.",
    "holder_kind": "Who holds the stance: a party, the author, somebody unnamed, the target itself "
    "(self), or any: the model does not say.",
    "holder": "The words that name the holder, where it is a party.",
    "holder_party": "The party that holds the stance.",
    "holder_spans": "All mentions of the holder in the window, start-end.",
    "predicted": "The stance toward the target: opposition, neutral or support.",
    "p_opposition": "The model's probability of opposition.",
    "p_neutral": "The model's probability of neutral.",
    "p_support": "The model's probability of support.",
    "confidence": "The highest of the three probabilities.",
    "evidence": "Why: the rule or the words that weighed most; or why nothing could be read.",
    "status": "ok; abstained: not sure enough to count; truncated: answered, but part of a long "
    "window was not read; no_party: names no party; empty; unsupported_language: in a language "
    "that the model was not trained on; error: could not be read, see evidence.",
}
ROLLUPS_MEAN = {
    "rollup": "Which roll-up the row belongs to: party, holder, article, source or date.",
    "basis": "What the counts are: the model's, mistakes included.",
    "article_id": "The article.",
    "title": "Its title.",
    "source": "The articles' source; empty where none is known.",
    "date": "The articles' day; empty where none is known.",
    "holder_party": "Who holds the stances: a party's id, or author, unnamed, self.",
    "holder_name": "The holder's name.",
    "target_party": "The id of the party that the stances are toward.",
    "target_name": "Its name.",
    "articles": "How many articles have such stances.",
    "opposition": "How many stances are opposition.",
    "neutral": "How many are neutral.",
    "support": "How many are support.",
    "n": "How many stances count: opposition, neutral and support together.",
    "mean": "The mean stance, from -1 (all opposition) to 1 (all support).",
    "low": f"The lower end of the {LEVEL:.0%} interval of the mean over all articles like these; "
    "in the roll-up by article, over all sentences like these.",
    "high": "The upper end of the interval.",
    "abstained": "How many stances were too unsure to count; they are in none of the counts.",
}
