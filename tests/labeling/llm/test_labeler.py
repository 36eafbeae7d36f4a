from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.llm.spending import Budget, Prices
from stance.schema.nouns import InputError

GARBAGE = ("says", "I would rather not say.")


def labels(votes) -> list[str]:
    return [vote.label for (vote,) in votes]


def test_one_call_asks_a_sentence_with_all_its_targets_and_the_holder(server, make, rows):
    votes = make().votes(rows)

    assert len(server.requests) == 6
    assert labels(votes)[:4] == ["neutral", "opposition", "neutral", "support"]
    assert [vote.holder for (vote,) in votes][:4] == [None, 0, None, 2]
    first = server.requests[0]
    assert first["response_format"]["json_schema"]["strict"] is True
    user = first["messages"][-1]["content"]
    assert "1. Guild of Bakers\n2. Mayor Holt" in user
    assert "Codebook 1.1" in first["messages"][0]["content"]


def test_a_rerun_costs_nothing(server, make, rows):
    first = make()
    votes = first.votes(rows)
    asked = len(server.requests)

    again = make()

    assert again.votes(rows) == votes
    assert len(server.requests) == asked
    assert again.spending.calls == 0
    assert again.counts["cached"] == 6
    assert first.spending.input_tokens == 600


def test_another_model_prompt_or_server_is_asked_anew(server, make, rows, tmp_path):
    make().votes(rows)
    make(model="other").votes(rows)
    assert len(server.requests) == 12

    own = tmp_path / "own.j2"
    own.write_text(
        "{% block system %}Say.{% endblock %}{% block user %}{{ sentence }}\nTargets:\n"
        "{% for t in targets %}{{ t.number }}. {{ t.words }}\n{% endfor %}{% endblock %}"
    )
    make(template=str(own)).votes(rows)
    assert len(server.requests) == 18
    assert server.requests[-1]["messages"][0]["content"] == "Say."


@pytest.mark.parametrize(
    "mood",
    [
        429,
        (429, {"Retry-After": "0"}),
        500,
        503,
        "half",
        "nothing",
        "silence",
        ("raw", "<html>Bad gateway</html>"),
        ("raw", '{"choices": []}'),
        ("raw", ""),
        ("raw", "[" * 5000),
    ],
)
def test_what_can_pass_is_tried_again(mood, server, make, rows):
    server.moods = [mood, mood]
    labeler = make(concurrency=1)

    votes = labeler.votes(rows)

    assert labels(votes) == labels(make(cache=str(labeler.cache.path) + "2").votes(rows))
    assert sum(labeler.asker.failures.values()) == 2
    assert "abstain" not in labels(votes)


def test_a_wait_that_the_server_asks_for_is_kept(server, make, rows):
    # Both calls that are in flight are turned away.
    server.moods = [(429, {"Retry-After": "0.6"})] * 2
    server.delay = 0.1

    make(concurrency=2).votes(rows)

    assert min(when - server.times[0] for when in server.times[2:]) >= 0.6
    assert len(server.times) == 8


@pytest.mark.parametrize(
    "content",
    [
        "I would rather not say.",
        '{"answers": "none"}',
        '[{"target": 1}]',
        '{"answers": [{"target": 1, "label": "love"}, {"target": "2", "label": "support"}]}',
        '{"answers": [{"target": 1, "label": "neutral"}',
        "",
    ],
)
def test_malformed_answers_abstain_and_are_counted_and_paid_for_once(content, server, make, rows):
    server.moods = [("says", content)]
    labeler = make(concurrency=1)

    votes = labeler.votes(rows)

    assert labels(votes).count("abstain") == labeler.counts["malformed"] == 2
    assert {vote.rule for (vote,) in votes} == {"malformed", ""}
    assert "2 malformed" in " ".join(labeler.told())
    assert make().votes(rows) == votes
    assert len(server.requests) == 6


def test_a_refusal_abstains(server, make, rows):
    server.moods = [("says", None)]
    labeler = make(concurrency=1)
    assert labels(labeler.votes(rows)).count("abstain") == labeler.counts["refused"] == 2


def test_a_question_that_never_gets_an_answer_is_left_and_asked_next_time(server, make, rows):
    server.moods = [500] * 4
    labeler = make(concurrency=1)

    votes = labeler.votes(rows)

    assert labels(votes).count("abstain") == labeler.counts["unanswered"] == 2
    assert labels(make().votes(rows)).count("abstain") == 0
    assert len(server.requests) == 4 + 5 + 1


def test_a_bad_request_is_not_repeated(server, make, rows):
    server.moods = [400]
    labeler = make(concurrency=1)
    assert labels(labeler.votes(rows)).count("abstain") == 2
    assert len(server.requests) == 6


def test_a_dead_server_is_given_up(server, make):
    rows = pd.concat([_sentence(i) for i in range(30)], ignore_index=True)
    server.moods = [500] * 500

    with pytest.raises(InputError, match="10 questions in a row got no answer"):
        make(concurrency=1).votes(rows)

    assert len(server.requests) == 40


def test_no_server_at_all_is_one_line(make, rows):
    many = pd.concat([_sentence(i) for i in range(12)], ignore_index=True)
    with pytest.raises(InputError, match="no answer"):
        make(base_url="http://127.0.0.1:9/v1").votes(many)


@pytest.mark.parametrize(("status", "words"), [(401, "key is refused"), (404, "not found")])
def test_what_cannot_get_better_ends_the_run(status, words, server, make, rows):
    server.moods = [status] * 6
    with pytest.raises(InputError, match=words):
        make(concurrency=1).votes(rows)
    assert len(server.requests) == 1


def test_a_wait_that_is_too_long_ends_the_run(server, make, rows):
    server.moods = [(429, {"Retry-After": "3600"})]
    with pytest.raises(InputError, match="asks to wait 3600 s"):
        make(concurrency=1).votes(rows)


def test_the_key_comes_from_the_environment_and_is_kept_nowhere(
    server, make, rows, monkeypatch, tmp_path, capfd
):
    monkeypatch.setenv("OUR_KEY", "sk-hush-hush")
    labeler = make(key_env="OUR_KEY")
    labeler.votes(rows)
    assert server.headers[0]["authorization"] == "Bearer sk-hush-hush"

    server.moods = [("raw", "x"), (401, {})]
    with pytest.raises(InputError) as told:
        make(model="other", key_env="OUR_KEY", concurrency=1).votes(rows)
    said = str(told.value) + "".join(labeler.told()) + "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "sk-hush" not in said
    assert b"sk-hush" not in kept


def test_calls_in_flight_are_bounded(server, make):
    server.delay = 0.05
    rows = pd.concat([_sentence(i) for i in range(12)], ignore_index=True)
    make(concurrency=3).votes(rows)
    assert server.most_at_once == 3


@pytest.mark.parametrize("kind", ["calls", "tokens", "cost"])
def test_a_budget_stops_it_before_it_is_overrun_and_a_rerun_goes_on(kind, server, make):
    rows = pd.concat([_sentence(i) for i in range(12)], ignore_index=True)
    prices = Prices(input=1.0, output=1.0)
    # What one call may take at most, and what five take.
    prompt = sum(len(m["content"]) for m in make().prompt.messages(rows[:2].to_dict("records")))
    tokens = prompt // 2 + 50 + 5 * 120
    limit = {kind: {"calls": 3, "tokens": tokens, "cost": tokens / 1_000_000}[kind]}
    labeler = make(budget=Budget(**limit), prices=prices, options={"max_tokens": 50})

    votes = labeler.votes(rows)

    spent = labeler.spending
    done = labels(votes).count("opposition")
    assert 0 < done < 12
    assert len(server.requests) == spent.calls == done
    assert labeler.counts["budget"] == 2 * (12 - done)
    assert spent.cost == pytest.approx(done * 120 / 1_000_000)
    assert Budget(**limit).allows(spent.cost, 120 * done, spent.calls)
    assert "the budget stopped it" in " ".join(labeler.told())

    assert "abstain" not in labels(make(options={"max_tokens": 50}).votes(rows))
    assert len(server.requests) == 12


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(server, tmp_path):
    server.delay = 0.1
    code = (
        "import pandas as pd\n"
        "from stance.labeling.llm.labeler import LlmLabeler\n"
        "from tests.labeling.llm.test_labeler import _sentence\n"
        "rows = pd.concat([_sentence(i) for i in range(40)], ignore_index=True)\n"
        f"labeler = LlmLabeler(model='tiny', base_url={server.url!r}, concurrency=2,\n"
        f"    cache={str(tmp_path / 'cache.sqlite')!r})\n"
        "labeler.votes(rows)\n"
        "print(labeler.counts['cached'], labeler.spending.calls)\n"
    )
    root = Path(__file__).parents[3]
    environment = os.environ | {"PYTHONPATH": f"{root / 'src'}:{root}"}
    command = [sys.executable, "-c", code]

    run = subprocess.Popen(command, env=environment)
    deadline = time.monotonic() + 60
    while len(server.requests) < 10 and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    before = len(server.requests)

    server.delay = 0.0
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    cached, asked = map(int, done.stdout.split())
    # The two that were in flight when it died are all that is asked twice.
    assert cached >= before - 2
    assert cached + asked == 40
    assert len(server.requests) == before + asked


def test_a_name_is_needed(make):
    with pytest.raises(InputError, match="name a model"):
        make(model=None)


def test_a_template_without_a_block_is_named(make, tmp_path):
    path = tmp_path / "t.j2"
    path.write_text("{% block system %}{% endblock %}")
    with pytest.raises(InputError, match=r"t\.j2: block user is missing"):
        make(template=str(path))
    path.write_text("{% block system %}")
    with pytest.raises(InputError, match=r"t\.j2: "):
        make(template=str(path))
    path.write_text("{% block system %}{{ x }}{% endblock %}{% block user %}{% endblock %}")
    with pytest.raises(InputError, match="'x' is undefined"):
        make(template=str(path)).votes(_sentence(0))


def _sentence(number: int) -> pd.DataFrame:
    from tests.conftest import pair

    text = f"Tarn denounced Orlev for the {number}. time."
    about = {"article_id": f"a{number}"}
    return pd.DataFrame([pair(text, name, None, **about) for name in ("Tarn", "Orlev")])
