"""No name, birth date, phone, e-mail, address or remark is anywhere but in quarantine."""

import io
import json
import logging
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.check import check_store
from tests.support.exports import Dialect, export, take, visit
from tests.support.hygiene import PROJECT

SECRETS = {
    "Patient Name": "Zaphodia Quillfeather",
    "DOB": "1971-03-29",
    "Phone": "555-0173-9942",
    "E-mail": "zaphodia@quillfeather.example",
    "Address": "17 Ravensholme Crescent",
    "Insurance No": "INS-77341-XQ",
    "IP Address": "203.0.113.77",
    "Remarks": "walks the greyhound again; sister Brunhilde drove her",
}
"""Distinctive texts, one for each sort of thing that is never stored."""
NUMBER = "PATIENTNO-88123"
TOKENS = [
    *SECRETS.values(), NUMBER, "Zaphodia", "Quillfeather", "29.03.1971", "03/29/1971",
    "Ravensholme", "greyhound", "Brunhilde", "quillfeather.example",
]  # fmt: skip


def personal(number: int = 1, **cells: str) -> dict[str, str]:
    return visit(number, patient_id=NUMBER, **cells) | SECRETS


def traces(folder: Path) -> set[tuple[str, str]]:
    """Table and token of each find, in the raw bytes and in the columns of every file."""
    found = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        texts = _texts(path)
        table = path.relative_to(folder).parts[0]
        found |= {(table, token) for token in TOKENS if any(_holds(text, token) for text in texts)}
    return found


def _texts(path: Path) -> list[bytes]:
    texts = [path.read_bytes()]
    if path.suffix == ".parquet":
        table = pq.read_table(path, partitioning=None)
        texts += [
            json.dumps(column.to_pylist(), default=str, ensure_ascii=False).encode()
            for column in table.columns
        ]
    return texts


def _holds(text: bytes, token: str) -> bool:
    return any(token.encode(codec) in text for codec in ("utf-8", "utf-16-le", "cp1252"))


def import_all(folder: Path, files: dict[str, bytes], *args: str) -> str:
    """Imports by the command and looks at everything; all that it printed."""
    said = ""
    for name, data in files.items():
        (folder / name).write_bytes(data)
        said += _said("import", folder / name, *args, store=folder / "store")
    for command in ("imports", "check", "summary"):
        said += _said(command, store=folder / "store")
    return said


def _said(*args: object, store: Path) -> str:
    command = [
        sys.executable,
        "-X",
        "dev",
        "-m",
        "pipelines",
        *map(str, args),
        "--store",
        str(store),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    return done.stdout + done.stderr


def test_a_clean_export_leaves_no_trace_of_a_person(tmp_path: Path):
    rows = [personal(1), personal(2, date="2025-02-03")]
    said = import_all(tmp_path, {"may.csv": export(rows)}, "--json")
    assert len(Store(tmp_path / "store").current()) == 2
    assert traces(tmp_path / "store") == set()
    assert [token for token in TOKENS if token in said] == []


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_nor_does_one_in_another_encoding_without_patient_numbers(encoding: str, tmp_path: Path):
    rows = [
        {name: cell for name, cell in personal(n).items() if name != "Patient ID"} for n in (1, 2)
    ]
    store = Store(tmp_path / "store", Settings())
    take(store, export(rows, Dialect(encoding=encoding, delimiter=";")))
    assert len(store.current()) == 2
    assert traces(store.folder) == set()


def test_rows_that_cannot_be_right_keep_their_text_in_quarantine_and_nowhere_else(tmp_path: Path):
    rows = [personal(1), personal(2, pain_before="11"), personal(3, date="29.03.1971 or so")]
    said = import_all(tmp_path, {"may.csv": export(rows)})
    found = traces(tmp_path / "store")
    assert {table for table, _ in found} == {"quarantine"}
    assert {token for _, token in found} >= {NUMBER, *SECRETS.values()}
    assert [token for token in TOKENS if token in said] == []


def test_an_undo_a_correction_and_a_mended_row_spread_nothing(tmp_path: Path):
    store = Store(tmp_path / "store", Settings())
    first = take(store, export([personal(1), personal(2, pain_before="11")]))
    take(store, export([personal(1, pain_before="3"), personal(2)]))
    store.undo(first.import_id)
    assert all(finding.sound for finding in check_store(store))
    assert {table for table, _ in traces(store.folder)} <= {"quarantine"}


def test_a_refusal_and_a_log_hold_no_cell(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    open_dates = [personal(n, date=f"0{n}/02/2025") | {"DOB": ""} for n in (1, 2)]
    names_only = [{n: c for n, c in personal().items() if n not in ("Patient ID", "DOB")}]
    undated = [{n: c for n, c in personal().items() if n != "Date"}]
    files = {
        "open.csv": export(open_dates),
        "names.csv": export(names_only),
        "undated.csv": export(undated),
        "headless.csv": "\n".join(",".join(SECRETS.values()) for _ in range(3)).encode(),
    }
    said = import_all(tmp_path, files)
    assert said.count("Refused. ") == len(files)
    assert [token for token in TOKENS if token in said + caplog.text] == []
    assert traces(tmp_path / "store") == set()


def test_a_watched_folder_tells_no_cell(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """Neither its lines, nor its reasons beside refused files, nor what it keeps for the page."""
    caplog.set_level(logging.DEBUG)
    drop, good = tmp_path / "drop", export([personal(1), personal(2)])
    drop.mkdir()
    undated = export([{n: c for n, c in personal().items() if n != "Date"}])
    files = {
        "good.csv": good,
        "wrong.csv": export([personal(3, pain_before="11"), personal(4)]),
        "undated.csv": undated,
        "open.csv": export([personal(n, date=f"0{n}/02/2025") | {"DOB": ""} for n in (1, 2)]),
        "cut.csv": good[: good.rindex(b"203.0")],
        "all.zip": zipped({"again.csv": good, "undated.csv": undated}),
    }
    for name, data in files.items():
        (drop / name).write_bytes(data)
    said = _said("watch", drop, "--once", "--settle", "0.05", store=tmp_path / "store")
    assert said.count(": refused. ") == 4
    reasons = [path.read_text() for path in drop.glob("refused/*.txt")]
    assert len(reasons) == 4
    told = "".join([said, caplog.text, *reasons])
    assert [token for token in TOKENS if token in told] == []
    assert {table for table, _ in traces(tmp_path / "store")} == {"quarantine"}
    assert any((tmp_path / "store" / "watch").iterdir())


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_a_refusal_of_a_zip_file_or_a_workbook_holds_no_cell(tmp_path: Path):
    undated = export([{n: c for n, c in personal().items() if n != "Date"}])
    said = import_all(
        tmp_path,
        {
            "all.zip": zipped({"undated.csv": undated, "good.csv": export([personal(1)])}),
            "nested.zip": zipped({"inner.zip": zipped({"undated.csv": undated})}),
            "broken.zip": zipped({"undated.csv": undated})[:-30],
        },
    )
    assert said.count("Refused. ") == 3
    assert [token for token in TOKENS if token in said] == []
    assert traces(tmp_path / "store") == set()


def test_a_search_that_finds_is_one_that_could(tmp_path: Path):
    """The search sees compressed columns and plain files alike."""
    store = Store(tmp_path / "store", Settings())
    take(store, export([visit(1, therapist="Zaphodia"), visit(2, condition="Ravensholme")]))
    assert {token for _, token in traces(store.folder)} == {"Zaphodia", "Ravensholme"}
    (store.folder / "note.txt").write_text("greyhound")
    assert ("note.txt", "greyhound") in traces(store.folder)
