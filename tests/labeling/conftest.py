from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny_nli(tiny_encoder: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A random NLI model of two narrow layers, saved as any other."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification, set_seed

    names = {0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"}
    config = BertConfig.from_pretrained(
        tiny_encoder, id2label=names, label2id={name: i for i, name in names.items()}
    )
    set_seed(3)
    folder: Path = tmp_path_factory.mktemp("tiny-nli")
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(tiny_encoder).save_pretrained(folder)
    return str(folder)
