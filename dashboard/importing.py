"""Files into the store from a page: progress, and the report of every row in plain words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from dashboard import data, names, phrases, theme
from dashboard.request import Request
from pipelines.ingest.load import Report, import_file
from pipelines.ingest.rules import load_rules
from pipelines.places import SAMPLES

DATE_ORDERS = {
    "dmy": "Day first (31/12/2026)",
    "mdy": "Month first (12/31/2026)",
    "ymd": "Year first (2026-12-31)",
}


class File(NamedTuple):
    """A dropped file."""

    name: str
    content: bytes


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


def import_all(
    files: Sequence[File], request: Request, date_order: str | None = None
) -> list[Report]:
    """Imports the files one after another, with a bar that says which step is under way."""
    store = data.store(request)
    bar = st.progress(0.0, text="Reading")
    reports = []
    for place, file in enumerate(files):

        def progress(step: str, done: int, of: int, place: int = place, file: File = file) -> None:
            share = (place + done / max(of, 1)) / len(files)
            bar.progress(share, text=f"{file.name}: {STEPS_IN_WORDS.get(step, step)}")

        reports.append(
            import_file(store, file.name, file.content, date_order=date_order, progress=progress)
        )
    bar.empty()
    return reports


def offer_sample(request: Request) -> None:
    """A button that imports the sample clinic through the same pipeline as any export."""
    st.markdown("Or look around first, with a made-up clinic. It can be undone, import by import.")
    if st.button("Load the sample clinic", type="primary", icon=":material/science:"):
        files = [File(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.csv"))]
        remember(import_all(files, request))
        st.rerun()


def remember(reports: Sequence[Report]) -> None:
    """Keeps the reports, so that they still stand there after the page runs anew."""
    st.session_state["reports"] = list(reports)


def remembered() -> list[Report]:
    """The reports of the last import in this session."""
    return st.session_state.get("reports", [])


def show_report(report: Report) -> None:
    """What became of every row of one file."""
    with st.container(border=True, key=f"card_report_{report.import_id or report.file}"):
        st.header(report.file, anchor=False)
        if report.refused:
            st.error(report.refused, icon=":material/block:")
            return
        st.markdown(summary(report))
        for line in details(report):
            st.markdown(f"- {line}")


def summary(report: Report) -> str:
    """One sentence whose parts add up to the rows of the file."""
    parts = [
        f"**{theme.count(report.accepted)} accepted**"
        + (f" ({theme.count(report.updated)} of them updates)" if report.updated else ""),
        f"{theme.count(report.unchanged)} unchanged",
        f"{theme.count(report.quarantined)} in quarantine",
        f"{theme.count(sum(report.skipped.values()))} skipped",
    ]
    return f"{phrases.sentence(phrases.several(report.rows, 'row'))}: {names.listed(parts)}."


def details(report: Report) -> list[str]:
    """Why rows were skipped or quarantined, what was repaired, which columns were dropped."""
    found = [
        _counted("Skipped", "skip", report.skipped),
        _counted("In quarantine", "reason", report.reasons),
        _counted("Repaired", "repair", report.repairs),
    ]
    if report.dropped_columns:
        found.append(f"Columns never stored: {', '.join(map(plain, report.dropped_columns))}")
    return [line for line in found if line]


def _counted(title: str, kind: str, counts: Mapping[str, int]) -> str:
    said = [f"{rule(kind, name)} ({theme.count(n)})" for name, n in counts.items() if n]
    return f"{title}: {'; '.join(said)}" if said else ""


def rule(kind: str, name: str) -> str:
    """The sentence of a rule, without the cell that it was about."""
    sentence = load_rules()[kind].get(name, name.replace("_", " "))
    return sentence.replace("{column}: ", "").format(column="a column", value="a value")


def plain(header: str) -> str:
    """A header of an export as text that markdown leaves alone."""
    return "`" + " ".join(header.replace("`", "'").split()) + "`"


def asks_for_date_order(reports: Sequence[Report]) -> bool:
    """Whether a file was refused because its dates can be read in two ways."""
    return any(is_ambiguous(report) for report in reports)


def is_ambiguous(report: Report) -> bool:
    """Whether the refusal is about the order of day and month."""
    return bool(report.refused) and "--date-order" in report.refused
