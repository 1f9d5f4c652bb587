"""One import, from the bytes of a file to the commit."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pipelines.errors import FileRefused
from pipelines.ingest.files import parts
from pipelines.ingest.forecast import forecast
from pipelines.ingest.questions import NOTHING_SETTLED, Answer, Mapping
from pipelines.ingest.reading.part import Part, as_part
from pipelines.ingest.report import Report
from pipelines.ingest.understood import understood
from pipelines.store import Store

Progress = Callable[[str, int, int], None]
STEPS = ("read", "columns", "clean", "validate", "compare", "sessions", "episodes", "commit")


def import_file(
    store: Store,
    name: str,
    data: bytes | Part,
    *,
    mapping: Mapping | None = None,
    answers: Sequence[Answer] = (),
    date_order: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
    today: date | None = None,
    progress: Progress = lambda step, done, of: None,
) -> Report:
    """Imports one file, whole or not at all, and tells what became of every record.

    `name` is how the file is called in reports. `mapping` settles what the file leaves open, and
    so does `date_order` (dmy, mdy, ymd), which holds over any mapping; `answers` tell what words
    of the clinic mean, and are kept by the same change; `replace` lets blank cells erase known
    values; a dry run writes nothing.
    A file that cannot be right comes back with `refused` set, the store untouched.
    """

    def step(reached: str) -> None:
        progress(reached, STEPS.index(reached), len(STEPS))

    part = as_part(data)
    del data
    try:
        given = Mapping(date_order=date_order).over(mapping or NOTHING_SETTLED)
        found = understood(store, part, given, today, step)
    except FileRefused as refusal:
        return Report(file=name, refused=f"{name}: {refusal}", questions=refusal.questions)
    with store.writing() as writer:
        step("compare")
        import_id = writer.next_import_id(part.digest)
        would = forecast(writer, found, name, import_id, answers, replace)
        # What was read is let go before episodes are formed, which takes memory of its own.
        del found
        if dry_run:
            return dataclasses.replace(would.report, import_id=None)
        facts = {"file": name, "digest": part.digest, "report": would.report.as_contract()}
        writer.commit(import_id, would.changes, would.appended, step, **facts)
    progress("done", len(STEPS), len(STEPS))
    return would.report


def import_all(store: Store, name: str, data: bytes, **options: Any) -> list[Report]:
    """Imports every table of one dropped file: a text file, a workbook, a zip of both.

    Each table is an import of its own, with its own undo; `options` are those of `import_file`.
    A file without a table comes back as one report with `refused` set.
    """
    try:
        found = parts(name, data)
        del data
    except FileRefused as refusal:
        return [Report(file=name, refused=f"{name}: {refusal}")]
    for part in found:
        part.once = True
    return [import_file(store, part.name, part, **options) for part in found]
