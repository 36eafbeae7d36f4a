"""The one entry point: ``stance NAME …`` is the Hydra app ``stance.jobs.NAME``.

Nothing heavy is imported here, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Sequence

from stance.completion import FLAGS, complete
from stance.schema.nouns import InputError

#: Sub-command → what it does, as ``stance --help`` lists them.
JOBS = {
    "prepare": "read a corpus into the table and split it",
    "label": "label articles by rules, a language model or a trained one (silver)",
    "annotate": "export PAIRS to people, or import their labels: Label Studio, CSV, Excel",
    "codebook": "list the labels of a prepared corpus that a newer codebook may change",
    "agreement": "tell how far annotators agree, and where they do not",
    "aggregate": "make one label of the votes of rules, models and people",
    "queue": "choose what people should label next, and say whether it still pays",
    "doubts": "list the labels of a training set that are probably wrong",
    "train": "train a classifier, log the run, register the model",
    "tune": "search for a classifier's best parameters, by cross-validation",
    "evaluate": "measure a model on a corpus",
    "behaviour": "try a model on sentences written for it: negation, irony, swapped names",
    "gate": "decide whether a challenger may become champion",
    "rollback": "make the champion before this one champion again",
    "export": "write the champion into one folder or archive, for a CI runner",
    "compare": "show the registered models side by side",
    "score": "score new articles with a saved model",
    "parties": "check FILE, find ARTICLE or auto ARTICLES: lists of parties",
    "show": "print the table of one scored article and where everything lies",
}
#: Their values are quoted before Hydra reads them, whose grammar trips over é ' % ( = and commas.
QUOTED = (
    "text",
    "input",
    "output",
    "rollup",
    "pairs",
    "parties",
    "model_uri",
    "cache",
    "corpus.root",
    "engine.master",
)
#: Their first two bare words are the action and its input.
WITH_ACTION = ("parties", "annotate")
OK, GATE_FAILED, BAD_INPUT, REFUSED, INCONCLUSIVE, SOFTWARE = 0, 1, 2, 3, 4, 70


def main(argv: Sequence[str] | None = None) -> None:
    """Run a sub-command; exits with its status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        sys.exit(OK)
    if words[0] == "--version":
        from importlib.metadata import version

        print(f"stance {version('news-stance')}")
        sys.exit(OK)
    if words[0] in FLAGS:
        complete(words, JOBS, launch)
        sys.exit(OK)
    if words[0] not in JOBS:
        _fail(f"stance {words[0]}: no such command; there are {', '.join(JOBS)}", BAD_INPUT)
    launch(words[0], words[1:])


def launch(job: str, words: Sequence[str]) -> None:
    """Run one job with Hydra's arguments; a person's mistake is one line and status 2."""
    asked = os.environ.get("HYDRA_FULL_ERROR")
    wants_traceback = asked == "1"
    # Hydra would print its own errors over several lines and exit with 1, a failed gate's status.
    os.environ["HYDRA_FULL_ERROR"] = "1"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if job in WITH_ACTION:
        words = _keyed(words)
    # Hydra's completion calls back whatever program it was installed for.
    name = "stance" if set(FLAGS) & set(words) else f"stance {job}"
    sys.argv = [name, *quoted(words)]
    try:
        importlib.import_module(f"stance.jobs.{job}").main()
    except InputError as error:
        if wants_traceback:
            raise
        _fail(f"stance {job}: {error}", BAD_INPUT)
    except KeyboardInterrupt:
        _fail(f"stance {job}: stopped", 130)
    except Exception as error:
        if wants_traceback:
            raise
        _fail(*_explained(job, error))
    finally:
        if asked is None:
            os.environ.pop("HYDRA_FULL_ERROR", None)
        else:
            os.environ["HYDRA_FULL_ERROR"] = asked


def _keyed(words: Sequence[str]) -> list[str]:
    """``check FILE`` as ``action=check input=FILE``."""
    bare = [word for word in words if "=" not in word and not word.startswith("-")]
    keys = dict(zip(("action", "input"), bare, strict=False))
    return [f"{key}={value}" for key, value in keys.items()] + [w for w in words if w not in bare]


def quoted(words: Sequence[str]) -> list[str]:
    """Quote the values of :data:`QUOTED`, but for lists, values quoted already, and sweeps."""
    if {"-m", "--multirun"} & set(words):
        return list(words)
    return [_quoted(word) for word in words]


def _quoted(word: str) -> str:
    key, equals, value = word.partition("=")
    if not equals or key.lstrip("+") not in QUOTED or not value:
        return word
    if value == "null" or (value[0] + value[-1]) in ("[]", "''", '""'):
        return word
    # Hydra reads a backslash as one unless it stands before a quote, OmegaConf before "${".
    escaped = re.sub(r"(\\*)('|$)", lambda m: m[1] * 2 + ("\\'" if m[2] else ""), value)
    escaped = escaped.replace("${", "\\${")
    return f"{key}='{escaped}'"


def _explained(job: str, error: Exception) -> tuple[str, int]:
    """An error as one line, and its exit status."""
    status = getattr(error, "exit_status", None)
    if status is not None:
        return f"stance {job}: {error}", int(status)
    said = " ".join(str(error).split())
    if type(error).__name__ == "MissingMandatoryValue":
        return (
            f"stance {job}: {said.split(' full_key')[0].lower()}; give it as key=value",
            BAD_INPUT,
        )
    if type(error).__module__.split(".")[0] in ("hydra", "omegaconf"):
        cause = " ".join(str(error.__cause__ or "").split())
        if isinstance(error.__cause__, InputError):
            return f"stance {job}: {cause}", BAD_INPUT
        said, grammar, _ = said.split(" Config search path")[0].partition(" See https://hydra.cc")
        hint = "; a value with = : , or brackets needs quotes: 'key=[\"a=b\"]'" if grammar else ""
        return f"stance {job}: {said}{hint}", BAD_INPUT
    if type(error).__name__ == "InvalidParameterError":  # scikit-learn's, of a classifier's config
        return f"stance {job}: {said}", BAD_INPUT
    if isinstance(error, OSError):
        return f"stance {job}: {error.filename or ''}: {error.strerror or said}", BAD_INPUT
    return (
        f"stance {job}: unexpected {type(error).__name__}: {said[:300]} "
        "(HYDRA_FULL_ERROR=1 shows where; please report it)"
    ), SOFTWARE


def _fail(line: str, status: int) -> None:
    print(line, file=sys.stderr)
    sys.exit(status)


def _help() -> str:
    width = max(map(len, JOBS))
    lines = [f"  {name:<{width}}  {what}" for name, what in JOBS.items()]
    return "\n".join(
        [
            "In every sentence of a news article, who is for or against whom?",
            "",
            "usage: stance COMMAND [key=value ...]",
            "",
            *lines,
            "",
            "`stance COMMAND --help` shows its keys, `--cfg job` the composed config, "
            "`-m` sweeps over values.",
        ]
    )


if __name__ == "__main__":
    main()
