"""What became of every row of a file, or will, in plain words."""

from collections.abc import Mapping, Sequence

from dashboard import names, phrases, theme
from dashboard.plain import as_code
from pipelines.ingest.report import Report
from pipelines.ingest.rules import load_rules


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


def forecast(report: Report) -> str:
    """The same before anything is written."""
    new = report.accepted - report.updated
    parts = [
        f"**{phrases.several(new, 'new visit')}**",
        f"{phrases.several(report.updated, 'known visit')} with something changed",
        f"{theme.count(report.unchanged)} unchanged",
        f"{theme.count(report.quarantined)} for quarantine",
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
        found.append(f"Columns never stored: {', '.join(map(as_code, report.dropped_columns))}")
    return [line for line in found if line]


def _counted(title: str, kind: str, counts: Mapping[str, int]) -> str:
    told = [f"{rule(kind, name)} ({theme.count(n)})" for name, n in counts.items() if n]
    return f"{title}: {'; '.join(told)}" if told else ""


def rule(kind: str, name: str) -> str:
    """The sentence of a rule, without the cell that it was about."""
    sentence = load_rules()[kind].get(name, name.replace("_", " "))
    return sentence.replace("{column}: ", "").format(column="a column", value="a value")


def go_ahead(outcomes: Sequence[Report]) -> str:
    """What the last button says: "Import 412 visits", or what it does where none is new."""
    visits = sum(report.accepted for report in outcomes)
    if visits:
        return f"Import {phrases.several(visits, 'visit')}"
    waiting = sum(report.quarantined for report in outcomes)
    if waiting:
        return f"Put {phrases.several(waiting, 'row')} in quarantine"
    return "Import (nothing is new)"
