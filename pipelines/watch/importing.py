"""One file imported at most once: what the list of imports knows by its content is passed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.errors import FileRefused
from pipelines.ingest.files import parts
from pipelines.ingest.load import import_file
from pipelines.ingest.report import Report
from pipelines.ingest.words import counted, report_in_words
from pipelines.store import Store
from pipelines.store.ledger import IMPORT
from pipelines.watch.last_run import ALREADY, IMPORTED, REFUSED, Handled, now
from pipelines.watch.whole import why_cut_off


@dataclass(frozen=True)
class Known:
    """A table that an import in force has brought before."""

    file: str
    import_id: str


Outcome = Report | Known


def import_new(store: Store, name: str, data: bytes) -> Handled:
    """Imports the tables of a file that no import in force has brought, each whole or not at all.

    `name` is how the file is called in reports. Raises StoreUnsound where the list of imports
    cannot be read, and OutcomesError where another import does not end.
    """
    return told(name, _outcomes(store, name, data))


def _outcomes(store: Store, name: str, data: bytes) -> list[Outcome]:
    known = known_digests(store)
    found: list[Outcome] = []
    try:
        for part in parts(name, data):
            if import_id := known.get(part.digest):
                found.append(Known(part.name, import_id))
                continue
            if not part.workbook and (cut_off := why_cut_off(part.data)):
                raise FileRefused(cut_off)
            report = import_file(store, part.name, part)
            found.append(report)
            if report.import_id:
                known[part.digest] = report.import_id
    except FileRefused as refusal:
        found.append(Report(file=name, refused=f"{name}: {refusal}"))
    return found


def known_digests(store: Store) -> dict[str, str]:
    """The import that brought each content, of those in force."""
    head = store.head()
    store.require_whole(head)
    events = head.events[head.events["event"] == IMPORT]
    events = events[events["import_id"].isin(head.surviving())]
    return dict(zip(events["digest"], events["import_id"], strict=True))


def told(name: str, outcomes: Sequence[Outcome]) -> Handled:
    """What became of a file, from what became of its tables: refused where any of them was."""
    reports = [one for one in outcomes if isinstance(one, Report)]
    refused = [report for report in reports if report.refused]
    return Handled(
        name,
        REFUSED if refused else IMPORTED if reports else ALREADY,
        now(),
        rows=_sum(reports, lambda report: report.rows),
        accepted=_sum(reports, lambda report: report.accepted),
        updated=_sum(reports, lambda report: report.updated),
        unchanged=_sum(reports, lambda report: report.unchanged),
        quarantined=_sum(reports, lambda report: report.quarantined),
        skipped=_sum(reports, lambda report: sum(report.skipped.values())),
        sentence=_sentence(name, outcomes, len(refused)),
    )


def _sum(reports: Sequence[Report], count: Callable[[Report], int]) -> int:
    return sum(map(count, reports))


def _sentence(name: str, outcomes: Sequence[Outcome], refused: int) -> str:
    if len(outcomes) == 1:
        return _outcome(outcomes[0]).removeprefix(f"{name}: ")
    lines = [_outcome(outcome) for outcome in outcomes]
    if refused:
        lines.insert(0, f"{refused} of {counted(len(outcomes), 'table')} refused.")
    return "\n".join(lines)


def _outcome(outcome: Outcome) -> str:
    if isinstance(outcome, Known):
        return f"{outcome.file}: already imported as {outcome.import_id}. {ONCE_MORE}"
    if outcome.refused and outcome.questions:
        return f"{outcome.refused} {ANSWER}"
    return outcome.refused or report_in_words(outcome)[0]


ONCE_MORE = "To import it once more, use `outcomes import`."
ANSWER = (
    "Answer once, on the import page of the dashboard or with `outcomes import` at a terminal;"
    " then files with these headers are imported by themselves."
)
