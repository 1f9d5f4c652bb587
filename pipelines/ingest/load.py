"""One import, from the bytes of a file to the commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipelines.errors import FileRefused
from pipelines.frames import stack
from pipelines.ingest import quarantine
from pipelines.ingest.again import File, recognise, require_zeros_as_known
from pipelines.ingest.by_word import ByWord, settle_by_word
from pipelines.ingest.clean import Cleaned, clean
from pipelines.ingest.clinic_words import as_rows, checked
from pipelines.ingest.columns import Columns, likeness, understand
from pipelines.ingest.files import parts
from pipelines.ingest.keys import one_row_a_visit, session_keys
from pipelines.ingest.mappings import match
from pipelines.ingest.patients import PatientHash
from pipelines.ingest.questions import NOTHING_SETTLED, Answer, Mapping
from pipelines.ingest.read import TextTable, read_table
from pipelines.ingest.reading.part import Part, as_part
from pipelines.ingest.report import Report
from pipelines.ingest.rules import sentence
from pipelines.ingest.term_questions import count_answered, term_questions
from pipelines.ingest.validate import mark_impossible_rows
from pipelines.store import Changes, Store, Writer
from pipelines.store.quarantined import open_entries
from pipelines.store.words import applied
from pipelines.tables import SESSION
from pipelines.vocabulary import load_vocabulary

Progress = Callable[[str, int, int], None]
STEPS = ("read", "columns", "clean", "validate", "compare", "sessions", "episodes", "commit")


@dataclass(frozen=True)
class Understood:
    """A file read and judged, before anything is compared with the store."""

    table: TextTable
    columns: Columns
    cleaned: Cleaned
    keys: pd.Series
    mended: np.ndarray


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
        understood = _understand(store, part, given, today, step)
    except FileRefused as refusal:
        return Report(file=name, refused=f"{name}: {refusal}", questions=refusal.questions)
    with store.writing() as writer:
        step("compare")
        report = _compare_and_commit(
            store,
            writer,
            understood,
            name,
            part.digest,
            answers,
            replace,
            dry_run,
            step,
        )
    progress("done", len(STEPS), len(STEPS))
    return report


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


def _understand(
    store: Store,
    part: Part,
    given: Mapping,
    today: date | None,
    step: Callable[[str], None],
) -> Understood:
    vocabulary = load_vocabulary()
    step("read")
    table = read_table(part, lambda cells: likeness(cells, vocabulary))
    part.forget()
    step("columns")
    mended = quarantine.references(table)
    columns = understand(table, vocabulary, *what_is_settled(store, table, given, mended))
    step("clean")
    cleaned = clean(
        table,
        columns,
        vocabulary,
        store.settings,
        PatientHash(store.key),
        columns.settled,
        today,
    )
    _require_a_visit(cleaned)
    step("validate")
    mark_impossible_rows(cleaned, columns)
    require_zeros_as_known(store, table, columns, cleaned)
    keys = session_keys(cleaned)
    return Understood(table, columns, cleaned, keys, mended)


def what_is_settled(
    store: Store, table: TextTable, given: Mapping, mended: np.ndarray
) -> tuple[Mapping, tuple[str, Mapping] | None]:
    """What is known of a file before it is understood: as given, and by a saved mapping.

    A file of mended rows is read as the file that they came from.
    """
    if mended.any():
        before = quarantine.reading_of(mended, store.quarantine())
        given = given.over(before.as_mapping(table.layout.header))
    saved = match(store, table.layout.header)
    return given, (saved.name, saved.mapping) if saved else None


def _require_a_visit(cleaned: Cleaned) -> None:
    """Raises FileRefused for a list in which nothing took place, such as bookings to come."""
    if (cleaned.skipped.reason >= 0).all():
        what = ", ".join(
            f"{number:,} {sentence('skip', name)}"
            for name, number in cleaned.skipped.counts().items()
        )
        raise FileRefused(
            f"There is no visit in the file ({what}). Export a period in which there were sessions."
        )


def _compare_and_commit(
    store: Store,
    writer: Writer,
    understood: Understood,
    name: str,
    digest: str,
    answers: Sequence[Answer],
    replace: bool,
    dry_run: bool,
    step: Callable[[str], None],
) -> Report:
    import_id = writer.next_import_id(digest)
    told = checked(answers, writer.answers)
    if told:
        writer.learn(told)
    sessions, filled, by_word = _visits(understood, writer, name, import_id)
    count_answered(understood.cleaned, writer.answers)
    again = recognise(writer, _as_file(writer, understood, sessions, import_id, replace))
    sessions = again.sessions
    held = by_word.held(again.keys) if by_word else None
    changes = writer.changes(
        sessions,
        replace and not again.of_another,
        sessions.index.isin(by_word.visits.index) if by_word else None,
        held,
    )
    entries = quarantine.entries(
        understood.table, understood.columns, understood.cleaned, again.keys, name, import_id
    )
    understood.cleaned.findings.questions += term_questions(understood.cleaned, writer.answers)
    report = _report(understood, name, import_id, changes, len(entries), filled, len(again.lacking))
    if dry_run:
        return Report(**{**report.__dict__, "import_id": None})
    waiting = open_entries(store, writer.head)
    settled = pd.concat([sessions["session_key"], again.keys[sessions.index]])
    done = quarantine.closed(waiting, understood.mended, settled, entries["entry"])
    writer.commit(
        import_id,
        changes,
        {
            "quarantine": entries,
            "closed": pd.DataFrame({"entry": done.array, "import_id": import_id}),
            "aliases": again.aliases,
            "lacking": again.lacking,
            "answers": as_rows(import_id, told),
        }
        | (_kept_by_word(by_word, understood, import_id, sessions, held, entries)),
        step,
        file=name,
        digest=digest,
        report=report.as_contract(),
    )
    return report


def _visits(
    understood: Understood, writer: Writer, name: str, import_id: str
) -> tuple[pd.DataFrame, int, ByWord | None]:
    """One row a visit, how many were filled from a further line, and what hangs on a word."""
    cleaned, columns = understood.cleaned, understood.columns
    sessions = _sessions(understood, name, import_id)
    waits = cleaned.waits_for_a_word()[sessions.index]
    if cleaned.by_word is None:
        return *one_row_a_visit(sessions, cleaned, columns), None
    sure, filled = one_row_a_visit(sessions[~waits], cleaned, columns)
    found = settle_by_word(sessions[waits], sure, cleaned, columns, writer.answers)
    visits = stack([sure, found.visits], SESSION).sort_values("source_line")
    rows = np.searchsorted(understood.table.lines, visits["source_line"])
    return visits.set_index(pd.Index(rows)), filled, found


def _kept_by_word(
    by_word: ByWord | None,
    understood: Understood,
    import_id: str,
    sessions: pd.DataFrame,
    held: pd.DataFrame | None,
    entries: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    if by_word is None or held is None:
        return {}
    rows = sessions[sessions.index.isin(by_word.visits.index)]
    logged = pd.concat([rows[["session_key"]], held[["session_key"]]])
    return {"awaiting": by_word.kept(import_id, logged, understood.table.lines, entries)}


def _sessions(understood: Understood, name: str, import_id: str) -> pd.DataFrame:
    """The rows that are visits without a problem, with key and origin."""
    cleaned = understood.cleaned
    good = (cleaned.findings.reason == 0) & (cleaned.skipped.reason < 0)
    count = len(cleaned.frame)
    frame = cleaned.frame.assign(
        session_key=understood.keys,
        import_id=pd.Categorical.from_codes(np.zeros(count, np.int8), [import_id]),
        source_file=pd.Categorical.from_codes(np.zeros(count, np.int8), [name]),
        source_line=understood.table.lines,
    )[list(SESSION)]
    return frame if good.all() else frame[good]


def _as_file(
    writer: Writer,
    understood: Understood,
    sessions: pd.DataFrame,
    import_id: str,
    replace: bool,
) -> File:
    """What its visits are looked up by in the store."""
    return File(
        sessions,
        applied(sessions, writer.answers),
        understood.keys,
        understood.cleaned,
        understood.columns,
        understood.mended,
        quarantine.insisted(understood.table, understood.columns),
        import_id,
        understood.table,
        replace,
    )


def _report(
    understood: Understood,
    name: str,
    import_id: str,
    changes: Changes,
    quarantined: int,
    filled: int,
    vanished: int,
) -> Report:
    table, cleaned, findings = understood.table, understood.cleaned, understood.cleaned.findings
    waits = (findings.reason > 0) & (cleaned.skipped.reason < 0)
    counts = np.bincount(findings.reason[waits], minlength=len(findings.reasons))
    findings.repairs["lines_joined_to_one_visit"] += filled
    return Report(
        file=name,
        import_id=import_id,
        encoding=table.layout.encoding,
        delimiter=table.layout.delimiter,
        header_line=table.layout.header_line,
        date_order=cleaned.date_order,
        mapping=understood.columns.mapping(),
        rows=len(table),
        accepted=changes.new + changes.updated,
        unchanged=changes.unchanged,
        updated=changes.updated,
        quarantined=quarantined,
        skipped=cleaned.skipped.counts(),
        repairs={rule: n for rule, n in findings.repairs.items() if n},
        reasons={r: int(n) for r, n in zip(findings.reasons, counts, strict=True) if n},
        dropped_columns=understood.columns.dropped(),
        vanished=vanished,
        steps=tuple(findings.steps),
        questions=tuple(findings.questions),
    )
