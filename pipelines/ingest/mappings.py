"""Mappings with a name: what was settled once for a file holds for all with the same headers.

Each is a TOML file in the store's folder, `mappings/NAME.toml`, that a person can read and edit.
"""

import json
import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import OutcomesError
from pipelines.ingest.columns import labels
from pipelines.ingest.columns.settled import loosely, require_known
from pipelines.ingest.questions import NOT_ASKED, Mapping
from pipelines.store import Store

NAME = re.compile(r"^[^\W_](?:[\w \-]{0,38}[\w\-])?$")
ORDERS, UNTICKED = ("dmy", "mdy", "ymd"), ("none", "not_recorded")
KEYS = ("headers", "date_order", "pain_out_of_100", "unticked", "absent", "columns")
FROM_THE_IMPORTER = "reason"
"""The column that a list to mend has beside those of its file."""


@dataclass(frozen=True)
class SavedMapping:
    """A mapping under its name, and the headers of the file that it was made for."""

    name: str
    headers: tuple[str, ...]
    mapping: Mapping

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file has the same headers, in any order, case and spacing."""
        return _same(self.headers) == _same(header)

    def as_json(self) -> dict[str, object]:
        """The mapping under the names that its file has."""
        mapping = self.mapping
        return {
            "name": self.name,
            "headers": list(self.headers),
            "date_order": mapping.date_order,
            "pain_out_of_100": mapping.hundred,
            "unticked": mapping.unticked,
            "absent": list(mapping.absent),
            "columns": {header: column or NOT_ASKED for header, column in mapping.columns.items()},
        }

    def as_toml(self) -> str:
        """The mapping as its file has it; a text of JSON is one of TOML."""
        known = self.as_json()
        columns = known.pop("columns")
        said = (
            f"# Mapping “{known.pop('name')}”: what the columns of a file with these headers mean."
        )
        lines = [
            f"{key} = {_text(value)}" for key, value in known.items() if value not in (None, [])
        ]
        settled = [f"{_text(header)} = {_text(column)}" for header, column in columns.items()]
        return "\n".join([said, *lines, "", "[columns]", *settled]) + "\n"


def _same(header: Sequence[str]) -> list[str]:
    return sorted(loosely(text) for text in labels(header) if loosely(text) != FROM_THE_IMPORTER)


def save(store: Store, name: str, header: Sequence[str], mapping: Mapping) -> SavedMapping:
    """Writes a mapping under a name, over an earlier one of this name, whole or not at all."""
    saved = SavedMapping(name, tuple(header), mapping)
    path = _path(store, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}-{os.getpid()}")
    with made.open("w", encoding="utf-8") as file:
        file.write(saved.as_toml())
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)
    return saved


def load(store: Store, name: str) -> SavedMapping:
    """The mapping of this name. Raises OutcomesError that lists the names where there is none."""
    path = _path(store, name)
    if not path.exists():
        known = ", ".join(f"“{saved}”" for saved in names(store))
        raise OutcomesError(
            f"There is no mapping “{name}”."
            + (f" There are {known}." if known else " None has been saved yet.")
        )
    return _read(path)


def delete(store: Store, name: str) -> None:
    """Takes a mapping away; what was imported with it stays."""
    load(store, name)
    _path(store, name).unlink()


def names(store: Store) -> list[str]:
    """The names of all saved mappings, in alphabetical order."""
    return sorted((path.stem for path in _folder(store).glob("*.toml")), key=str.casefold)


def list_mappings(store: Store) -> list[SavedMapping]:
    """Every saved mapping, by name."""
    return [load(store, name) for name in names(store)]


def match(store: Store, header: Sequence[str]) -> SavedMapping | None:
    """The mapping for a file with these headers; of several the one saved last."""
    paths = sorted(_folder(store).glob("*.toml"), key=lambda path: -path.stat().st_mtime_ns)
    return next((saved for saved in map(_read, paths) if saved.fits(header)), None)


def _folder(store: Store) -> Path:
    return store.folder / "mappings"


def _path(store: Store, name: str) -> Path:
    if not NAME.match(name):
        raise OutcomesError(
            "The name of a mapping has up to 40 letters, digits, spaces, - and _, and begins with"
            " a letter or a digit, such as “Front desk”."
        )
    return _folder(store) / f"{name}.toml"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path) -> SavedMapping:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return _checked(path, found)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, AttributeError):
        raise _unreadable(path, "it is not written as the importer writes it") from None


def _checked(path: Path, found: dict) -> SavedMapping:
    unknown = sorted(set(found) - set(KEYS))
    if unknown:
        raise _unreadable(path, f"“{unknown[0]}” is not known there")
    columns = {h: None if c == NOT_ASKED else c for h, c in found.get("columns", {}).items()}
    require_known((*columns.values(), *found.get("absent", ())), f"the mapping {path.stem}")
    order, unticked = found.get("date_order"), found.get("unticked")
    if order not in (None, *ORDERS) or unticked not in (None, *UNTICKED):
        raise _unreadable(path, "its date_order or unticked is none that there is")
    mapping = Mapping(
        columns, order, found.get("pain_out_of_100"), unticked, tuple(found.get("absent", ()))
    )
    return SavedMapping(path.stem, tuple(found.get("headers", ())), mapping)


def _unreadable(path: Path, why: str) -> OutcomesError:
    return OutcomesError(
        f"The mapping “{path.stem}” cannot be used: {why}. Mend or delete {path.name}, or save"
        " the mapping again from the page."
    )
