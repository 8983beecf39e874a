"""The files of the bundled case, each with its publisher, licence and date."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of the bundled case.

    Attributes:
        path: where it is.
        kind: `shipments`, `list` or `flows`.
        title, publisher, licence: what its publisher calls it, who that is, and the terms.
        attribution: the line that NOTICE carries.
        retrieved: day on which it was retrieved; None for synthetic files.
        list_id, list_date: for lists, the list and the date of the version.
        synthetic: why the content is not real; None where it is real.
        subset: how it was cut from the publisher's file; None where it is whole.
    """

    path: Path
    kind: str
    title: str
    publisher: str
    licence: str
    attribution: str
    retrieved: date | None = None
    list_id: str | None = None
    list_date: date | None = None
    synthetic: str | None = None
    subset: str | None = None


def data_folder() -> Path:
    """The folder of the bundled files. The package is always installed as files on disk."""
    with as_file(files("entrepot.demo") / "data") as folder:
        return folder


def data_files() -> Sequence[DataFile]:
    """The files to add to the demonstration case, in the order in which to add them."""
    folder = data_folder()
    described = tomllib.loads((folder / "files.toml").read_text("utf-8"))
    return tuple(DataFile(path=folder / name, **about) for name, about in described.items())


def answer_key_file() -> Path:
    """The answer key of the bundled synthetic shipments."""
    return data_folder() / "answer_key.json"
