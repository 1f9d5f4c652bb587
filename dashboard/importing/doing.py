"""What the dialogue of an import asks of the pipelines, with a bar that says what is under way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.importing import guide
from dashboard.importing.guide import Guide, Table
from dashboard.request import Request
from pipelines.errors import FileRefused
from pipelines.ingest import mappings
from pipelines.ingest.files import parts
from pipelines.ingest.load import import_all, import_file
from pipelines.ingest.preview import look_at
from pipelines.ingest.questions import Mapping
from pipelines.ingest.report import Report
from pipelines.store import Store

STEPS_IN_WORDS = {
    "read": "reading",
    "columns": "understanding the columns",
    "clean": "cleaning",
    "validate": "checking",
    "compare": "comparing with what is known",
    "sessions": "writing sessions",
    "episodes": "forming episodes",
    "commit": "committing",
    "done": "done",
}
Progress = Callable[[str, int, int], None]


class File(NamedTuple):
    """A dropped file."""

    name: str
    content: bytes


def take_in(files: Sequence[File], asked: Request, into: Guide) -> Guide:
    """The guide with these files understood; nothing is written."""
    store = data.store(asked)
    for file, _ in _one_by_one(files, lambda file: file.name):
        try:
            found = parts(file.name, file.content)
        except FileRefused as refusal:
            into = guide.with_unread(into, Report(file=file.name, refused=str(refusal)))
            continue
        seen = [(part, look_at(store, part.name, part)) for part in found]
        into = guide.with_tables(into, seen)
    return into


def look_again(table: Table, settled: Mapping, asked: Request) -> Table:
    """The table as it is understood under another mapping."""
    with st.spinner("Reading the file again"):
        look = look_at(data.store(asked), table.part.name, table.part, settled)
    return guide.looked_again(table, look)


def foresee(stands: Guide, asked: Request) -> Guide:
    """The guide with what the import of each table would do, by trying without writing."""
    store = data.store(asked)
    left = [table for table in stands.going_in if table.outcome is None]
    for table, progress in _one_by_one(left, lambda table: table.part.name):
        outcome = _import(store, table, progress, dry_run=True)
        stands = guide.changed(stands, replace(table, outcome=outcome))
    return stands


def carry_out(stands: Guide, asked: Request) -> list[Report]:
    """Imports the tables one after another, and keeps what was settled; the one that writes."""
    store = data.store(asked)
    reports = list(stands.unread)
    for table, progress in _one_by_one(stands.going_in, lambda table: table.part.name):
        report = _import(store, table, progress)
        if not report.refused and guide.to_be_kept(table):
            header = [column.header for column in table.look.columns]
            mappings.save(store, table.keep_as, header, table.look.to_save)
        reports.append(report)
    return reports


def import_files(files: Sequence[File], asked: Request) -> list[Report]:
    """Imports whole files without a question, as the command line does."""
    store = data.store(asked)
    return [
        report
        for file, progress in _one_by_one(files, lambda file: file.name)
        for report in import_all(store, file.name, file.content, progress=progress)
    ]


def quarantined_by(report: Report, asked: Request) -> pd.DataFrame:
    """The rows of an import that wait to be mended."""
    waiting = data.store(asked).quarantine()
    return waiting[waiting["import_id"] == report.import_id]


def _import(store: Store, table: Table, progress: Progress, dry_run: bool = False) -> Report:
    return import_file(
        store,
        table.part.name,
        table.part,
        mapping=table.look.mapping,
        answers=table.words,
        dry_run=dry_run,
        progress=progress,
    )


def _one_by_one(things: Iterable, name: Callable) -> Iterator[tuple]:
    """Each thing with a way to tell its progress, under one bar that goes when all are done."""
    things = list(things)
    if not things:
        return
    with _bar() as tell:
        for place, thing in enumerate(things):

            def progress(step: str, done: int, of: int, place=place, thing=thing) -> None:
                share = (place + done / max(of, 1)) / len(things)
                tell(share, f"File {place + 1} of {len(things)}: {STEPS_IN_WORDS.get(step, step)}")

            progress("read", 0, 1)
            yield thing, progress


@contextmanager
def _bar() -> Iterator[Callable[[float, str], None]]:
    bar = st.progress(0.0, text="Reading")
    try:
        yield lambda share, text: bar.progress(share, text=text)
    finally:
        bar.empty()
