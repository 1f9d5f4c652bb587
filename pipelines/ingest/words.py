"""A report in words, for the command line and the page."""

from pipelines.ingest.cells import one_line
from pipelines.ingest.report import Report
from pipelines.ingest.rules import sentence


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def report_in_words(report: Report, dry_run: bool = False) -> list[str]:
    """What became of every record of the file, a line each."""
    if report.refused:
        return [f"Refused. {report.refused}"]
    would = "would be " if dry_run else ""
    lines = [
        f"{report.file}: {counted(report.rows, 'row')}. {report.accepted:,} {would}accepted"
        + (f" ({report.updated:,} updated)" if report.updated else "")
        + f", {report.unchanged:,} unchanged, {report.quarantined:,} in quarantine,"
        f" {sum(report.skipped.values()):,} skipped."
    ]
    lines += [f"  Read as: {'; '.join(map(str, report.steps))}."]
    for title, kind, counts in (
        ("Skipped", "skip", report.skipped),
        ("In quarantine", "reason", report.reasons),
        ("Repaired", "repair", report.repairs),
    ):
        lines += [
            f"  {title}: {number:,} × {meaning(kind, name)}" for name, number in counts.items()
        ]
    if report.dropped_columns:
        lines.append(f"  Not kept: {', '.join(map(one_line, report.dropped_columns))}.")
    return lines


def meaning(kind: str, name: str) -> str:
    """A rule in words, without the place for a column and its text."""
    words = sentence(kind, name)
    return (
        words.replace("{column}: ", "")
        .replace("“{value}”", "the cell")
        .replace("{value}", "the score")
    )
