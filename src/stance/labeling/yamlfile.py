"""A YAML file whose faults can be named with their line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from stance.schema.nouns import InputError

#: Reads every value as text, so that "no", "on" and 1.10 stay what they look like.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
Step = str | int


class YamlFile:
    """The values of a file, and where each stands.

    Raises :class:`InputError` with file and line where it cannot be read, or a key stands twice.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            loader = _LOADER(path.read_text(encoding="utf-8-sig"))
            self._node: Any = loader.get_single_node()
            self.value: Any = loader.construct_document(self._node) if self._node else None
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: not UTF-8 text (byte {error.start})") from error
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise InputError(f"{path}:{line}: {error.problem}") from error
        except yaml.YAMLError as error:
            raise InputError(f"{path}: {' '.join(str(error).split())}") from error
        self._no_key_twice(self._node)

    def at(self, *steps: Step) -> str:
        """``FILE:LINE`` of the value that keys and positions lead to."""
        node = self._node
        for step in steps:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
            elif isinstance(node, yaml.MappingNode):
                node = next((v for k, v in node.value if k.value == str(step)), node)
        return f"{self.path}:{node.start_mark.line + 1 if node else 1}"

    def fault(self, words: str, *steps: Step) -> InputError:
        """An error that names what is wrong with the value there."""
        return InputError(f"{self.at(*steps)}: {words}")

    def _no_key_twice(self, node: Any) -> None:
        """YAML would keep the last of two equal keys and drop the first in silence."""
        if isinstance(node, yaml.MappingNode):
            seen = set[str]()
            for key, value in node.value:
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise InputError(f"{self.path}:{line}: key {key.value!r} stands twice")
                seen.add(key.value)
                self._no_key_twice(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                self._no_key_twice(value)
