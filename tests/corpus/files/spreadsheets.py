"""What spreadsheets save, and what people write in them by hand."""

from tests.corpus.clinic import (
    CLINIC,
    PLAIN,
    SHORT,
    Writer,
    clock_of_twelve,
    constant,
    dated,
    same,
    says,
    scored,
)
from tests.corpus.files.practice import NAMES
from tests.corpus.files.research import EFFECTS, box
from tests.corpus.labels import File, Truth, accepted, labelled, refused
from tests.corpus.sheet import Sheet, sheet

KIND, HAND = "spreadsheets", "by hand"


def comma(score: float) -> str:
    """7,5"""
    return f"{score:.1f}".replace(".", ",")


GERMAN_EXCEL = {
    "Besuch": PLAIN["Visit ID"],
    "Patientennummer": same("patient_id"),
    "Datum": dated("%d.%m.%Y"),
    "Therapeut": same("therapist"),
    "Schmerz vorher": scored("pain_before", comma),
    "Schmerz nachher": scored("pain_after", comma),
    "Bemerkungen": constant("läuft besser"),
}


@labelled(
    KIND,
    "Excel: European",
    "Excel: 21.04.2025",
    "Windows-1252",
    "semicolon",
    "7,5",
    "padding spaces",
)
def excel_german() -> File:
    """Excel in Germany: Windows-1252, semicolons, decimal commas, 21.04.2025, a merged title."""
    columns = {name: writer for name, writer in GERMAN_EXCEL.items() if name != "Besuch"}
    found = sheet(columns)
    data = found.csv(";", "\r\n", "cp1252", above="Behandlungen 2025 – Übersicht;;;;;\r\n;;;;;\r\n")
    return accepted(found, data, date_order="dmy", encoding="windows-1252", delimiter=";")


@labelled(KIND, "Excel: 21-4-25", "two-digit years", "Excel: European")
def excel_dutch() -> File:
    """Excel in the Netherlands: 21-4-25, semicolons, decimal commas."""
    columns = SHORT | {
        "Date": dated("%-d-%-m-%y"),
        "Pain before": scored("pain_before", comma),
        "Pain after": scored("pain_after", comma),
    }
    return accepted(
        sheet(columns), sheet(columns).csv(";", "\r\n"), date_order="dmy", delimiter=";"
    )


@labelled(
    KIND, "Excel: US", "Excel: 2:15:00 PM", "two-digit years", "one day above 12", "Printed on"
)
def excel_us() -> File:
    """Excel in the United States: 1/13/25 and 2:00:00 PM."""
    columns = PLAIN | {
        "Date": dated("%-m/%-d/%y"),
        "Time": says("session_time", lambda seconds: clock_of_twelve(seconds).replace(" ", ":00 ")),
    }
    data = sheet(columns).csv(
        newline="\r\n", below="Printed 11/20/2026" + "," * (len(columns) - 1) + "\r\n"
    )
    return accepted(sheet(columns), data, date_order="mdy", skipped={"note": 1})


@labelled(KIND, "Excel: half-filled rows", "Excel: notes beside the table", "unnamed columns")
def half_filled_rows() -> File:
    """Rows begun and not finished wait; a note in a column beside the table is left aside."""
    found = sheet(SHORT | {"": constant("")})
    found = found.with_cell(2, "", "ask Ben about this one")
    rows = [["", "P12", "", "6", "4"], ["V901", "", "2025-03-19", "6", ""]]
    spoiled = found.inserted(5, *rows)
    kept = sheet(SHORT)
    truth = Truth(kept.visits, reasons={"no_date": 1, "no_patient": 1})
    return File(spoiled.csv(), truth, kept.keys)


@labelled(KIND, "the same header twice", "month names", "dates as serial numbers")
def two_ways_of_dates() -> File:
    """Half of the dates stayed 2025-01-13, half were turned to serial numbers: both are certain."""
    found = sheet(SHORT)
    for number in (1, 3, 5, 7):
        days = (CLINIC[number]["session_date"] - CLINIC[0]["session_date"]).days
        found = found.with_cell(number, "Date", str(45670 + days))
    return accepted(found, found.csv())


@labelled(
    HAND,
    "x for yes",
    "column each x",
    "a no in any",
    "all blank in columns",
    "tick boxes without a None box",
)
def crosses_for_effects() -> File:
    """A column for each effect, x where there was one; nothing anywhere is not recorded."""
    columns = SHORT | {name.title(): box(name, "x", "") for name in EFFECTS}
    columns |= {"Twitch": says("twitch_response", lambda seen: "x" if seen else "")}
    found = sheet(columns)
    for number, visit in enumerate(CLINIC):
        if not visit.get("side_effects"):
            found = found.knowing(number, side_effects=None)
        if not visit.get("twitch_response"):
            found = found.knowing(number, twitch_response=None)
    return accepted(found, found.csv())


@labelled(HAND, "names instead of numbers", "name alone")
def names_alone() -> File:
    """Names and no numbers: two people can share a name, so this is not imported by itself."""
    columns = {
        "Patient": Writer(("patient_id",), lambda visit: NAMES[visit["patient_id"]]),
        "Date": dated("%Y-%m-%d"),
        "Pain before": scored("pain_before"),
        "Pain after": scored("pain_after"),
    }
    return refused(sheet(columns).csv(), "names_only", sheet(columns).keys)


def both_in_one(text: str, number: int) -> Sheet:
    """Both scores of one visit in the cell before."""
    found = sheet(SHORT).with_cell(number, "Pain before", text).with_cell(number, "Pain after", "")
    return found.without(number)


@labelled(HAND, "7 -> 4 in one cell")
def arrow_between_two_scores() -> File:
    """7 -> 4 in one cell: before and after, asked and never guessed."""
    found = both_in_one("7 -> 4", 0)
    truth = Truth(found.visits, reasons={"pain_before_and_after_in_one_cell": 1})
    return File(found.csv(), truth, found.keys)


@labelled(HAND, "7/4 in one cell", "7/10")
def slash_between_two_scores() -> File:
    """7/4 is two scores and 7/10 is one: the first waits, the second is 7."""
    found = (
        both_in_one("7/4", 0)
        .with_cell(2, "Pain before", "6/10")
        .with_cell(3, "Pain before", "10/10")
    )
    truth = Truth(found.visits, reasons={"pain_before_and_after_in_one_cell": 1})
    return File(found.csv(), truth, found.keys)


@labelled(HAND, "7 -> 4 in one cell", "7/4 in one cell", "ranges")
def every_cell_holds_two_scores() -> File:
    """A column “Pain” with 7/4 in each cell: nothing is before or after for sure."""
    columns = {
        "Patient": same("patient_id"),
        "Date": dated("%Y-%m-%d"),
        "Pain": Writer(
            (), lambda visit: f"{visit['pain_before']:g}/{visit.get('pain_after', 0):g}"
        ),
    }
    found = sheet(columns)
    truth = Truth(reasons={"pain_before_and_after_in_one_cell": 10})
    return File(found.csv(), truth, found.keys)


@labelled(HAND, "two visits on a line")
def two_visits_on_a_line() -> File:
    """Two dates in one cell: which scores are whose cannot be known."""
    found = (
        sheet(SHORT)
        .with_cell(4, "Date", "2025-02-04, 2025-02-06")
        .with_cell(4, "Pain before", "6 and 5")
    )
    kept = found.without(4)
    return File(found.csv(), Truth(kept.visits, reasons={"date_not_understood": 1}), kept.keys)


@labelled(
    HAND,
    "names instead of numbers",
    "name and birth date",
    "birth dates",
    "names",
    "age from a birth date",
)
def names_with_birth_dates() -> File:
    """A patient is a name and a birth date, in whatever order and spelling the name stands."""
    born = {"P07": "14.04.1980", "P12": "30.11.1972", "P31": "02.02.1991", "P70": "21.07.1966"}
    ages = (44.0, 52.0, 44.0, 34.0, 52.0, 44.0, 34.0, 58.0, 52.0, 45.0)
    columns = {
        "Name": Writer(("patient_id",), lambda visit: NAMES[visit["patient_id"]]),
        "Geburtsdatum": Writer(("age",), lambda visit: born[visit["patient_id"]]),
        "Datum": dated("%d.%m.%Y"),
        "Schmerz vorher": scored("pain_before", comma),
        "Schmerz nachher": scored("pain_after", comma),
    }
    found = sheet(columns, [v | {"age": age} for v, age in zip(CLINIC, ages, strict=True)])
    found = found.with_cell(2, "Name", "SAMPLE, Mia").with_cell(4, "Name", "sample tom")
    return accepted(found, found.csv(";"), date_order="dmy")


@labelled(HAND, "one row a patient")
def one_row_a_patient() -> File:
    """A patient on each row, visits side by side in numbered columns."""
    header = [
        "Patient",
        "Date 1",
        "Pain before 1",
        "Pain after 1",
        "Date 2",
        "Pain before 2",
        "Pain after 2",
    ]
    rows = [
        ["P07", "2025-01-13", "7", "4", "2025-01-20", "6", "3"],
        ["P12", "2025-01-14", "8", "8", "2025-02-04", "6", "5"],
    ]
    text = "\n".join(",".join(row) for row in (header, *rows)) + "\n"
    keys = {
        "patient_id": "Patient",
        "session_date": "Date 1",
        "pain_before": "Pain before 1",
        "pain_after": "Pain after 1",
    }
    return refused(text.encode(), "side_by_side", keys)


@labelled(HAND, "summary per month")
def summary_per_month() -> File:
    """Means by month: no visit in it."""
    text = (
        "Month,Patients,Sessions,Mean pain before,Mean pain after\n"
        "2025-01,3,3,7.0,5.2\n2025-02,2,2,8.3,5.5\n"
    )
    return refused(text.encode(), "no_patient")


@labelled(HAND, "no patient column")
def no_patient_column() -> File:
    """Scores by day and therapist: nobody knows whose."""
    columns = {
        name: writer for name, writer in PLAIN.items() if name not in ("Patient ID", "Visit ID")
    }
    return refused(sheet(columns).csv(), "no_patient", sheet(columns).keys)


@labelled(HAND, "no date")
def no_date_column() -> File:
    """Visits numbered and not dated."""
    columns = {name: writer for name, writer in PLAIN.items() if name not in ("Date", "Time")}
    return refused(sheet(columns).csv(), "no_date", sheet(columns).keys)


@labelled(
    HAND,
    "x for yes",
    "Excel: half-filled rows",
    "half points",
    "words for a score",
    "7 out of 10",
    "Excel: US",
)
def a_front_desk_of_many_hands() -> File:
    """Three people's habits in one sheet: of ten visits, seven can be read."""
    found = sheet(SHORT | {"Date": dated("%-m/%-d/%Y")})
    for number, before in ((0, "7 out of 10"), (1, "8/10"), (2, " 6 "), (4, "6.5"), (5, "4 /10")):
        found = found.with_cell(number, "Pain before", before)
    found = found.with_cell(6, "Pain before", "better").with_cell(7, "Pain before", "5-6")
    found = found.with_cell(9, "Patient ID", "")
    kept = found.without(6, 7, 9)
    reasons = {"pain_not_a_number": 1, "pain_is_a_range": 1, "no_patient": 1}
    return File(found.csv(), Truth(kept.visits, reasons=reasons, date_order="mdy"), kept.keys)
