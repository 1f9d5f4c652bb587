"""Files moved out of the way: nothing is overwritten, nothing is deleted."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

LONGEST = 200
"""Bytes of a name that leave room for a number and an ending on every disk."""


def move(file: Path, folder: Path) -> Path:
    """Moves a file into a folder, under a number where its name is taken; where it is now."""
    for target in _names(folder, file.name):
        if _moved(file, target):
            return target
    raise FileNotFoundError(file)


def move_with_reason(file: Path, folder: Path, reason: str) -> Path:
    """Moves a file into a folder, with the reason in a text file beside: `NAME.txt`.

    The text is written first: a file that stands there has its reason, whenever this is cut off.
    """
    for target in _names(folder, file.name):
        free = not _is_there(target) or os.path.samefile(file, target)
        text = target.with_name(f"{target.name}.txt")
        if free and _written(text, reason) and _moved(file, target):
            return target
    raise FileNotFoundError(file)


def _names(folder: Path, name: str) -> Iterator[Path]:
    """`sessions.csv`, `sessions (2).csv`, `sessions (3).csv` ..."""
    stem, ending = os.path.splitext(name)
    while len(os.fsencode(stem + ending)) > LONGEST:
        stem, ending = (stem[:-1], ending) if stem else (ending[:-1], "")
    yield folder / f"{stem}{ending}"
    for number in count(2):
        yield folder / f"{stem} ({number}){ending}"


def _moved(file: Path, target: Path) -> bool:
    """Moves unless the target is there: a link first, since renaming would overwrite.

    A link that a killed watch made is the same file: then only its old name is left to go.
    """
    try:
        os.link(file, target)
    except FileExistsError:
        if not os.path.samefile(file, target):
            return False
    except FileNotFoundError:
        raise
    except OSError:  # a disk without links
        if _is_there(target):
            return False
        os.rename(file, target)
        return True
    os.unlink(file)
    return True


def _written(path: Path, text: str) -> bool:
    """Writes a text unless another one is there; the same one may have been left by a kill."""
    content = f"{text}\n".encode()
    made = path.with_name(f".{path.name}.part")
    if _is_there(path):
        made.unlink(missing_ok=True)
        return path.is_file() and path.read_bytes() == content
    made.write_bytes(content)
    return _moved(made, path)


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)
