from __future__ import annotations

from stance.text.markdown import plain_text

ARTICLE = """# A bridge & a *promise*

The **mayor** praised [Orlev](https://orlev.example/page "a title") and
~~blamed~~ the `guild`.[^1]

![a picture](bridge.png)

> It fell, said *Tarn*.

* One crane
* Two cranes

| party | votes |
|-------|------:|
| Tarn  | 12    |

---

<div class="ad"><b>Not</b> an ad</div>
<script>alert(1)</script>

Ends with a\\
break &amp; an <em>entity</em>.
"""


def test_marks_do_not_become_words() -> None:
    title, text = plain_text(ARTICLE)

    assert title == "A bridge & a promise"
    assert text.split("\n\n") == [
        "The mayor praised Orlev and\nblamed the guild.[^1]",
        "It fell, said Tarn.",
        "One crane",
        "Two cranes",
        *("party", "votes", "Tarn", "12"),
        "Not an ad",
        "Ends with a\nbreak & an entity.",
    ]


def test_a_text_without_marks_stays_as_it_is() -> None:
    text = "It fell.\n\nTarn said: 3 * 4 * 5 is 60, isn't it?\nOrlev_Tarn agreed - twice."

    assert plain_text(text) == ("", text)
