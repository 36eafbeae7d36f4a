"""Inputs made to break readers, scorers and writers; ``fuzz_score.py`` runs them."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

#: One file in so many is a single line of so many bytes.
HUGE, HUGE_BYTES = 200, 10_000_000
_SAID = [
    *("Tarn praised Orlev. ", "Orlev, condemned by the Vale Union, left. ", "It rained", "\n\n"),
    *('=HYPERLINK("x")', "@SUM(1)", "-1", "<script>alert(1)</script>", "</td>", "{{ 7*7 }}"),
    *("\u202e", "\u0000", "\u0085", "\u2028", "\ufeff", "\ufffe", "\x1b[31m", "\r", "\t", "\x0b"),
    *(
        "e\u0301" * 5,
        "👩‍👩‍👧",
        "Ａ",
        "ﷺ",
        "الطقس جميل",
        "市长赞扬了工会",
        "ß" * 9,
        "_x0041_",
        "]]>",
    ),
    *('"', "'", "\u2029", "\x7f", "\xa0"),
]
_MARKS = [
    "# ",
    "* ",
    "> " * 40,
    "|a|b|\n|-|-|\n",
    "```\n",
    "[a](b ",
    "![",
    "<div>",
    "---\n",
    "`" * 99,
]
_TAGS = "div p b table tr td script svg article !-- br/ ![CDATA[ html&lang=de a&href='x".split()
_CHARSETS = "utf-8 utf-16 cp1251 nonsense".split()
_ENCODINGS = "utf-8 utf-8 utf-8 utf-8-sig utf-16 utf-32 shift_jis cp1252 koi8-r".split()
_KEYS = "text text text text id date title source language".split()
_UNITS = [
    "Tarn praised Orlev. ",
    "x",
    "a ",
    "Tarn ",
    "<",
    "<b>",
    "[",
    "*a",
    "&amp;",
    "é",
    ". ",
    "\u0301",
]


@dataclass(frozen=True, slots=True)
class Input:
    """A file and how many articles it holds; ``None`` where only the reader can tell."""

    name: str
    content: bytes
    articles: int | None = 1


def made(seed: int, number: int) -> Input:
    """The input of that number; the same for the same seed."""
    rng = random.Random(f"{seed}:{number}")
    kind = (
        huge if number % HUGE == HUGE - 1 else rng.choice((document, page, lines, table, columns))
    )
    return kind(rng, f"{number:06d}")


def words(rng: random.Random, most: int = 40) -> str:
    """News, and what has no place in it."""
    parts = rng.choices(_SAID, k=rng.randint(0, most))
    parts += [chr(rng.randrange(0xD800)) + chr(rng.randrange(0xE000, 0x110000)) for _ in range(5)]
    rng.shuffle(parts)
    return "".join(parts)


def value(rng: random.Random, depth: int = 0) -> object:
    """A value of JSON's, of any kind."""
    leaf = depth > 3
    kinds: list[Callable[[], object]] = [
        lambda: words(rng),
        lambda: rng.choice([None, True, 0, -1, 10**30, 1e308, float("nan"), float("inf")]),
        lambda: "\ud83d" + words(rng, 3) + "\udc80",
        lambda: "2024-02-30",
        lambda: [] if leaf else [value(rng, depth + 1) for _ in range(rng.randint(0, 3))],
        lambda: {} if leaf else {words(rng, 1): value(rng, depth + 1) for _ in range(2)},
    ]
    return rng.choice(kinds)()


def mutated(rng: random.Random, raw: bytes) -> bytes:
    """Bytes changed, cut out, doubled or cut off."""
    data = bytearray(raw)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        length = rng.choice([1, 1, 4, 64])
        match rng.randrange(4):
            case 0:
                data[at : at + length] = rng.randbytes(length)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + 999]
            case _:
                del data[at + len(data) // 2 :]
    return bytes(data)


def document(rng: random.Random, name: str) -> Input:
    """Plain text or Markdown, in one encoding or another."""
    text = words(rng, 80)
    if rng.random() < 0.3:
        text = f"title: {words(rng, 2)}\ndate: {rng.choice(['2024-01-02', 'x', ''])}\n\n{text}"
    if rng.random() < 0.5:
        text = "\n".join(rng.choice(_MARKS) + line for line in text.split("\n"))
    raw = text.encode(rng.choice(_ENCODINGS), "replace")
    return Input(f"{name}{rng.choice(['.txt', '.md'])}", raw)


def page(rng: random.Random, name: str) -> Input:
    """HTML, nested, unclosed, or of nothing but brackets."""
    parts = [f"<meta charset={rng.choice(_CHARSETS)}>"] if rng.random() < 0.2 else []
    for _ in range(rng.randint(0, 60)):
        tag = rng.choice(_TAGS).replace("&", " ")
        said = f"<p>{words(rng, 5)}"
        parts.append(rng.choice([f"<{tag}>", f"<{tag}", f"</{tag}>", said, "&#xd800;", "<"]))
    if rng.random() < 0.1:
        nested = rng.choice(["<div>", "<b>", "<table>", "<ul><li>"])
        parts.insert(0, nested * rng.choice([300, 5_000]))
    raw = "".join(parts).encode(rng.choice(_ENCODINGS), "replace")
    return Input(f"{name}{rng.choice(['.html', '.htm', '.xhtml'])}", raw)


def lines(rng: random.Random, name: str) -> Input:
    """JSONL, some of whose lines are broken: each that is not blank is an article."""
    found = []
    for _ in range(rng.randint(1, 12)):
        row = {rng.choice([*_KEYS, words(rng, 1)]): value(rng) for _ in range(5)}
        line = json.dumps(
            row if rng.random() < 0.9 else value(rng), ensure_ascii=rng.random() < 0.7
        )
        raw = line.encode("utf-8", "surrogatepass")
        raw = mutated(rng, raw).replace(b"\n", b" ") if rng.random() < 0.2 else raw
        found.append(rng.choice([raw, raw, raw, b"", b"[" * 9_999, b"  "]))
    count = sum(bool(raw.strip()) for raw in found)
    return Input(f"{name}.jsonl", rng.choice([b"\n", b"\r\n"]).join(found), count)


def table(rng: random.Random, name: str) -> Input:
    """CSV whose rows are broken in known ways, or that is mutated anywhere."""
    out = io.StringIO()
    end, separator = rng.choice(["\n", "\r\n"]), rng.choice(",;\t")
    writer = csv.writer(
        out, csv.excel, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL
    )
    writer.writerow(["id", "text", "date"])
    count = rng.randint(1, 12)
    for at in range(count):
        cells = [f"{at}", words(rng), rng.choice(["2024-01-02", "2/1/24", words(rng, 1)])]
        writer.writerow(rng.choice([cells, cells, [*cells, "more", "cells"], ["few"]]))
    raw = out.getvalue().encode()
    match rng.randrange(4):
        case 0:
            return Input(f"{name}.csv", mutated(rng, raw), None)
        case 1:
            return Input(f"{name}.csv", raw.replace(b"Tarn", b"T\xe9rn"), count)
    return Input(f"{name}.csv", raw, count)


def columns(rng: random.Random, name: str) -> Input:
    """Parquet, whole or mutated, with texts that are not UTF-8 and columns of all kinds."""
    count = rng.randint(1, 12)
    texts = pa.array([words(rng).encode() + rng.choice([b"", b"", b"\xff"]) for _ in range(count)])
    # Taken for UTF-8 without a look.
    unchecked = pa.StringArray.from_buffers(count, *texts.buffers()[1:])
    kinds: list[list[object]] = [
        [rng.choice([None, 1e300, -0.0]) for _ in range(count)],
        [[words(rng, 1)] for _ in range(count)],
        [{"name": words(rng, 1)} for _ in range(count)],
    ]
    found = {
        "text": texts if rng.random() < 0.5 else unchecked,
        "source": pa.array(rng.choice(kinds)),
        "date": pa.array([rng.randrange(-(2**62), 2**62) for _ in texts], pa.timestamp("us")),
    }
    raw = io.BytesIO()
    pq.write_table(pa.table(found), raw, row_group_size=rng.choice([1, 5, 99]), compression="none")
    if rng.random() < 0.4:
        return Input(f"{name}.parquet", mutated(rng, raw.getvalue()), None)
    return Input(f"{name}.parquet", raw.getvalue(), count)


def huge(rng: random.Random, name: str) -> Input:
    """A single line of 10 MB."""
    unit = rng.choice(_UNITS)
    text = unit * (HUGE_BYTES // len(unit.encode()))
    kinds = [
        (".txt", text.encode()),
        (".md", text.encode()),
        (".html", f"<p>{text}".encode()),
        (".jsonl", json.dumps({"text": text}).encode()),
        (".jsonl", text.encode()),
        (".csv", f"text\n{text}".encode()),
        (".txt", bytes(HUGE_BYTES)),
    ]
    suffix, raw = rng.choice(kinds)
    return Input(f"{name}{suffix}", raw)
