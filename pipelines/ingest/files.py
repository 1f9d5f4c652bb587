"""From one dropped file to the tables in it: a text file, a workbook's sheets, a zip of both."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.errors import FileRefused
from pipelines.ingest.columns import likeness
from pipelines.ingest.reading import archives, limits, workbooks
from pipelines.ingest.reading.archives import ZIP, Archive
from pipelines.ingest.reading.part import Part
from pipelines.ingest.reading.sheets import NO_TABLE, sheet_header
from pipelines.ingest.steps import Step
from pipelines.listing import listed
from pipelines.vocabulary import load_vocabulary

TABLES = (".csv", ".tsv", ".tab", ".txt", ".psv")


def parts(name: str, data: bytes) -> list[Part]:
    """The tables of a file, at least one, each under its name in reports.

    `exports.zip/june.csv`, or `visits.xlsx, sheet March`. A text file is itself the one part,
    whatever it holds. Raises FileRefused for a workbook or a zip file that has no table.
    """
    if len(data) > limits.BYTES:
        raise limits.too_large("The file is over 1 GB")
    if data.startswith(ZIP):
        archive = Archive(data)
        kind = workbooks.kind_of_archive(archive)
        if kind is None:
            return _of_zip(name, archive)
        return _of_workbook(name, workbooks.sheets(data, kind, archive))
    if data.startswith(workbooks.OLE):
        return _of_workbook(name, workbooks.sheets(data, "xls"))
    return [Part(name, data)]


def _of_workbook(name: str, sheets: Sequence[workbooks.Sheet]) -> list[Part]:
    found = [
        Part(f"{name}, sheet {sheet.name}", sheet.rows, sheet.kind)
        for sheet in sheets
        if sheet.visible
    ]
    tables = [part for part in found if _is_table(part)]
    if not tables:
        raise FileRefused(NO_TABLE)
    names = {part.name for part in tables}
    passed = [sheet.name for sheet in sheets if f"{name}, sheet {sheet.name}" not in names]
    return _with_step(tables, "sheet", passed, "no row there names columns, or it is hidden")


def _is_table(part: Part) -> bool:
    vocabulary = load_vocabulary()
    return sheet_header(part, lambda cells: likeness(cells, vocabulary)) is not None


def _of_zip(name: str, archive: Archive) -> list[Part]:
    found, passed = [], []
    for member_name, member in archives.tables(archive):
        data = archive.content(member)
        if data.startswith((ZIP, workbooks.OLE)):
            found += _within(name, member_name, data)
        elif member_name.lower().endswith(TABLES):
            found.append(Part(f"{name}/{member_name}", data))
        else:
            passed.append(member_name)
    if not found:
        raise FileRefused(
            "There is no table in the zip file. Put the CSV files or workbooks of the sessions"
            " into it, or drop them one by one."
        )
    return _with_step(found, "file", passed, "only CSV files, text files and workbooks are read")


def _within(name: str, member: str, data: bytes) -> list[Part]:
    """The sheets of a workbook inside a zip file; a zip file inside one is not opened."""
    if data.startswith(ZIP) and workbooks.kind_of_archive(Archive(data)) is None:
        raise FileRefused("There is a zip file inside the zip file. Unpack it and drop its files.")
    try:
        return parts(f"{name}/{member}", data)
    except FileRefused as refusal:
        raise FileRefused(f"“{member}” in it cannot be taken. {refusal}") from None


def _with_step(found: list[Part], what: str, passed: Sequence[str], because: str) -> list[Part]:
    """The parts, the first of which tells what was passed over."""
    if not passed:
        return found
    named = listed([f"“{name}”" for name in passed])
    step = Step("file", f"passed over the {what}{'s' if len(passed) > 1 else ''} {named}", because)
    return [replace(found[0], steps=(*found[0].steps, step)), *found[1:]]
