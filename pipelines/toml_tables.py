"""Reads the tables of a TOML file; a typing error is told with file, line and what is allowed.

`tomllib` gives no line numbers, so the line of an entry is found by counting the
`[[table]]` lines of the text, and the line of a value by looking for its key below.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pipelines.errors import OutcomesError

Record = TypeVar("Record")

HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"^\s*[\"']?([\w.-]+)[\"']?\s*=")
PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")

IN_WORDS = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    tuple[str, ...]: 'a list of texts, such as ["one", "two"]',
    tuple[int, ...]: "a list of whole numbers, such as [1, 2]",
}


@dataclass(frozen=True)
class Entry:
    """One `[[table]]` of a file: its values and the numbered lines it stands on."""

    file: str
    table: str
    values: dict[str, Any]
    lines: tuple[tuple[int, str], ...]

    def line_of(self, key: str | None = None, word: str | None = None) -> int:
        """The line of the key, of the quoted word at or below it, or of the table itself."""
        found = self.lines[0][0]
        for number, text in self.lines:
            at_key = KEY.match(text)
            if at_key and at_key[1] == key:
                found = number
        if word is None:
            return found
        below = (
            n
            for n, text in self.lines
            if n >= found and (f'"{word}"' in text or f"'{word}'" in text)
        )
        return next(below, found)

    def problem(
        self, sentence: str, key: str | None = None, word: str | None = None
    ) -> OutcomesError:
        """The error to raise: where the mistake stands, then the sentence."""
        return OutcomesError(f"{self.file}, line {self.line_of(key, word)}: {sentence}")


def read_entries(path: Path, tables: Collection[str]) -> dict[str, list[Entry]]:
    """The entries of each `[[table]]` of the file, in its order.

    Raises OutcomesError where the file is missing, is no TOML or has another table.
    """
    text = _text(path)
    parsed = _parsed(path.name, text)
    blocks = list(_blocks(text))
    for name, value in parsed.items():
        if name not in tables or not _is_array_of_tables(value):
            line = next((n for n, line in _outside_strings(text) if _opens(line) == name), 1)
            known = " or ".join(f"[[{table}]]" for table in tables)
            raise OutcomesError(
                f"{path.name}, line {line}: {name!r} is not known here; use {known}."
            )
    return {
        table: [
            Entry(path.name, table, values, lines)
            for values, lines in zip(
                parsed.get(table, []), (b for name, b in blocks if name == table), strict=True
            )
        ]
        for table in tables
    }


def record(
    entry: Entry,
    kind: type[Record],
    keys: Collection[str] | None = None,
    allowed: Mapping[str, Collection[Any]] | None = None,
) -> Record:
    """The entry as a dataclass, each value checked against the type of its field.

    `keys` are the fields that the file may set (all, if None); `allowed` gives the
    words that a field may hold. Raises OutcomesError that names file and line.
    """
    hints = get_type_hints(kind)
    may = [field.name for field in fields(kind) if keys is None or field.name in keys]
    for key in entry.values:
        if key not in may:
            raise entry.problem(f"{key!r} is not known here; allowed: {', '.join(may)}.", key)
    _require(entry, kind, may)
    values = {key: _typed(entry, key, value, hints[key]) for key, value in entry.values.items()}
    for key, words in (allowed or {}).items():
        _require_allowed(entry, key, values.get(key), words)
    return kind(**values)


def _require(entry: Entry, kind: type, may: list[str]) -> None:
    for field in fields(kind):
        optional = field.default is not MISSING or field.default_factory is not MISSING
        if field.name in may and not optional and field.name not in entry.values:
            raise entry.problem(f"[[{entry.table}]] lacks {field.name!r}.")


def _require_allowed(entry: Entry, key: str, value: Any, words: Collection[Any]) -> None:
    given = value if isinstance(value, tuple) else () if value is None else (value,)
    for word in given:
        if word not in words:
            known = ", ".join(str(word) for word in words)
            raise entry.problem(f"{key} {word!r} is not known; allowed: {known}.", key, str(word))


def _typed(entry: Entry, key: str, value: Any, hint: Any) -> Any:
    kind = next((kind for kind in get_args(hint) if NoneType in get_args(hint)), hint)
    if get_origin(kind) is tuple:
        (item, _) = get_args(kind)
        if isinstance(value, list) and all(type(one) is item for one in value):
            return tuple(value)
    elif kind is float and type(value) in (int, float):
        return float(value)
    elif type(value) is kind:
        return value
    raise entry.problem(f"{key} must be {IN_WORDS[kind]}.", key)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise OutcomesError(f"{path.name} is missing from {path.parent}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise OutcomesError(f"{path.name}, line {line}: the file must be saved as UTF-8.") from None


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = PLACE.search(str(error))
        line = place[1] if place and place[1] else len(text.splitlines())
        what = PLACE.sub("", str(error))
        raise OutcomesError(f"{file}, line {line}: this is not TOML ({what}).") from None


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _opens(line: str) -> str | None:
    found = HEADER.match(line) or KEY.match(line)
    return found[1].split(".")[0] if found else None


def _outside_strings(text: str) -> Iterable[tuple[int, str]]:
    """Numbered lines; those inside a text of several lines come out blank."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        yield number, "" if inside else line
        if (line.count('"""') + line.count("'''")) % 2:
            inside = not inside


def _blocks(text: str) -> Iterable[tuple[str, tuple[tuple[int, str], ...]]]:
    name, lines = None, []
    for number, line in _outside_strings(text):
        header = HEADER.match(line)
        if header:
            if name:
                yield name, tuple(lines)
            name, lines = header[1], []
        lines.append((number, line))
    if name:
        yield name, tuple(lines)
