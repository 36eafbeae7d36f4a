"""From what a person names, a file, a folder or a glob, to the files that hold articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.schema.nouns import InputError

DOCUMENTS = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml")
TABLES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
SUFFIXES = DOCUMENTS + TABLES
_WILD = "*?["


@dataclass(frozen=True, slots=True)
class File:
    """A file of articles and the id that its articles go by."""

    path: Path
    id: str

    @property
    def suffix(self) -> str:
        """The ending of its name, in small letters."""
        return self.path.suffix.lower()


def find_files(source: str | Path) -> tuple[list[File], bool]:
    """The files of a source in a stable order, and whether it is a collection.

    A folder is searched through and through for :data:`SUFFIXES`, hidden files left out; a glob
    takes what it matches, folders as above. An id is the path below the folder (or below what
    precedes the glob's first wildcard) without its ending, unless two files would share it.
    Raises :class:`InputError` for a place that is not there or holds no articles.
    """
    path = Path(source)
    if path.is_file():
        return [File(path, path.stem)], False
    if path.is_dir():
        found, root = _inside(path), path
    elif set(_WILD) & set(str(source)):
        found, root = _matching(path)
    else:
        raise InputError(f"{source}: no such file or folder")
    shown = [file for file in found if not _hidden(file.relative_to(root))]
    if not shown:
        raise InputError(f"{source}: no articles here; put {', '.join(SUFFIXES)} files there")
    return _named(list(dict.fromkeys(shown)), root), True


def _inside(path: Path) -> list[Path]:
    """A file itself, or the articles in a folder."""
    if not path.is_dir():
        return [path] if path.is_file() else []
    return sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())


def _matching(path: Path) -> tuple[list[Path], Path]:
    """What a glob matches, and the folders before its first wildcard."""
    wild = next(i for i, part in enumerate(path.parts) if set(_WILD) & set(part))
    root = Path(*path.parts[:wild])
    try:
        matches = sorted(root.glob(str(Path(*path.parts[wild:]))))
    except ValueError as error:
        raise InputError(f"{path}: not a glob: {error}") from error
    return [file for match in matches for file in _inside(match)], root


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _named(paths: Sequence[Path], root: Path) -> list[File]:
    names = [path.relative_to(root) for path in paths]
    stems = [name.with_suffix("") for name in names]
    sharing = Counter(stems)
    return [
        File(path, (stem if sharing[stem] == 1 else name).as_posix())
        for path, name, stem in zip(paths, names, stems, strict=True)
    ]
