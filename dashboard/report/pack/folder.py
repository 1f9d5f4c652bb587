"""The pack as a folder: whole or not at all, and never over something else."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dashboard.report.pack.files import MANIFEST
from pipelines.errors import OutcomesError


def write_folder(folder: Path, made: Mapping[str, bytes]) -> None:
    """Writes every file beside the folder and moves it into place.

    A pack that lies there is replaced. Raises OutcomesError where anything else does, or
    where it cannot be written.
    """
    _require_room(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            _write(Path(beside) / "new", made)
            _put_in_place(Path(beside), folder)
    except OSError as error:
        raise OutcomesError(f"{folder} cannot be written: {error.strerror}.") from None


def _require_room(folder: Path) -> None:
    taken = folder.exists() and not folder.is_dir()
    foreign = folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists()
    if taken or foreign:
        raise OutcomesError(
            f"{folder} holds something that is no publication pack. Name a folder that is new, "
            "empty, or an earlier pack."
        )


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    for path, data in made.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _put_in_place(beside: Path, folder: Path) -> None:
    """The earlier pack steps aside first; it goes with the temporary folder."""
    if folder.exists():
        os.replace(folder, beside / "earlier")
    shutil.move(beside / "new", folder)
