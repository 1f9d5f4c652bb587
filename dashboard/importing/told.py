"""What became of every row of a file, or will, in plain words."""

from collections.abc import Mapping, Sequence

from dashboard import phrases, theme
from dashboard.plain import as_code, as_written
from pipelines.ingest.report import Report
from pipelines.ingest.rules import load_rules
from pipelines.ingest.words import meaning
from pipelines.listing import listed

NO_NAME = "(no name)"


def summary(report: Report) -> str:
    """One sentence whose parts add up to the rows of the file."""
    parts = [
        f"**{theme.count(report.accepted)} accepted**"
        + (f" ({theme.count(report.updated)} of them updates)" if report.updated else ""),
        f"{theme.count(report.unchanged)} unchanged",
        f"{theme.count(report.quarantined)} in quarantine",
        f"{theme.count(sum(report.skipped.values()))} skipped",
    ]
    return f"{phrases.sentence(phrases.several(report.rows, 'row'))}: {listed(parts)}."


def forecast(report: Report) -> str:
    """The same before anything is written; what does not happen is not said."""
    new = report.accepted - report.updated
    parts = [
        f"**{phrases.several(new, 'new visit')}**",
        _some(report.updated, "known visit with something changed",
              "known visits with something changed"),
        _some(report.unchanged, "visit known and unchanged", "visits known and unchanged"),
        _some(report.quarantined, "row for quarantine", "rows for quarantine"),
        _some(sum(report.skipped.values()), "row skipped", "rows skipped"),
    ]  # fmt: skip
    told = listed([part for part in parts if part])
    return f"{phrases.sentence(phrases.several(report.rows, 'row'))}: {told}."


def _some(number: int, one: str, many: str) -> str:
    return phrases.several(number, one, many) if number else ""


def details(report: Report, quarantined: str = "In quarantine") -> list[str]:
    """Why rows were skipped or quarantined, what was repaired, which columns were dropped."""
    found = [
        _counted("Skipped", "skip", report.skipped),
        _counted(quarantined, "reason", report.reasons),
        _counted("Repaired", "repair", report.repairs),
        lacking(report.vanished),
    ]
    if report.dropped_columns:
        found.append(f"Columns never stored: {', '.join(map(header, report.dropped_columns))}")
    return [line for line in found if line]


def header(text: str) -> str:
    """A header of an export; one without a name says so."""
    return as_code(text) if text.strip() else NO_NAME


def lacking(visits: int) -> str:
    """Known visits of the file's period that are not in it."""
    if not visits:
        return ""
    stay = "it stays until you settle it" if visits == 1 else "they stay until you settle them"
    verb = "is" if visits == 1 else "are"
    return (
        f"{phrases.sentence(phrases.several(visits, 'known visit'))} of its period {verb} not in "
        f"it: {stay}"
    )


def _counted(title: str, kind: str, counts: Mapping[str, int]) -> str:
    told = [f"{as_written(rule(kind, name))} ({theme.count(n)})" for name, n in counts.items() if n]
    return f"{title}: {'; '.join(told)}" if told else ""


def rule(kind: str, name: str) -> str:
    """The sentence of a rule, without the cell that it was about."""
    return meaning(kind, name) if name in load_rules()[kind] else name.replace("_", " ")


def go_ahead(outcomes: Sequence[Report]) -> str:
    """What the last button says: "Import 412 visits", or what it does where none is new."""
    visits = sum(report.accepted for report in outcomes)
    if visits:
        return f"Import {phrases.several(visits, 'visit')}"
    waiting = sum(report.quarantined for report in outcomes)
    if waiting:
        return f"Put {phrases.several(waiting, 'row')} in quarantine"
    return "Import (nothing is new)"
