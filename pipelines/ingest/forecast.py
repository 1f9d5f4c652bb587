"""What an import would do to the store: the changes, what waits, and the report of every row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.frames import stack
from pipelines.ingest import quarantine
from pipelines.ingest.again import File, recognise
from pipelines.ingest.by_word import ByWord, settle_by_word
from pipelines.ingest.clinic_words import as_rows, checked
from pipelines.ingest.keys import one_row_a_visit
from pipelines.ingest.questions import Answer
from pipelines.ingest.report import Report
from pipelines.ingest.term_questions import count_answered, term_questions
from pipelines.ingest.understood import Understood
from pipelines.store import Changes, Writer
from pipelines.store.quarantined import open_entries
from pipelines.store.words import applied
from pipelines.tables import SESSION


@dataclass(frozen=True)
class Forecast:
    """The report, the changes to sessions, and what is added to each other table."""

    report: Report
    changes: Changes
    appended: dict[str, pd.DataFrame]


def forecast(
    writer: Writer,
    understood: Understood,
    name: str,
    import_id: str,
    answers: Sequence[Answer],
    replace: bool,
) -> Forecast:
    """What committing this file would do, with these answers to words of the clinic."""
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
    settled = pd.concat([sessions["session_key"], again.keys[sessions.index]])
    waiting = open_entries(writer.store, writer.head)
    closed = quarantine.closed(waiting, understood.mended, settled, entries["entry"])
    appended = {
        "quarantine": entries,
        "closed": pd.DataFrame({"entry": closed.array, "import_id": import_id}),
        "aliases": again.aliases,
        "lacking": again.lacking,
        "answers": as_rows(import_id, told),
    } | _kept_by_word(by_word, understood, import_id, sessions, held, entries)
    report = _report(understood, name, import_id, changes, len(entries), filled, len(again.lacking))
    return Forecast(report, changes, appended)


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
