"""Data and code inside one page, so that nothing in an article can act."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from markupsafe import Markup

#: What could end a script element or start markup; JSON reads the escapes as the same characters.
_ACTING = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_block(value: Any) -> Markup:
    """JSON that can stand in a ``<script>`` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_ACTING))


def inline(name: str) -> Markup:
    """A style sheet or a script that lies beside the templates."""
    folder = files("stance.scoring") / "templates"
    return Markup((folder / name).read_text(encoding="utf-8"))


def policy(script: str) -> str:
    """The page's content security policy: no network at all, and no script but this one."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
