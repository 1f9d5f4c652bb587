"""What dates and scores say, judged over the whole column."""

from datetime import date

from tests.corpus.clinic import CLINIC, SHORT, Writer, constant, dated, scored
from tests.corpus.labels import File, Truth, accepted, labelled, refused
from tests.corpus.sheet import Sheet, sheet

DATES, PAIN = "dates", "pain"
OPEN = [visit for visit in CLINIC if visit["session_date"].day <= 12]
"""The visits on days that could be months."""


def open_dates() -> Sheet:
    """Dates of which day and month could be either."""
    return sheet(SHORT | {"Date": dated("%d/%m/%Y")}, OPEN)


@labelled(DATES, "order stays open", "day and month apart")
def day_or_month() -> File:
    """No day above 12 anywhere: 03/02/2025 could be February or March."""
    return refused(open_dates().csv(), "day_or_month", open_dates().keys)


@labelled(DATES, "an order given")
def day_or_month_answered() -> File:
    """The same file when the person says that the day comes first."""
    found = open_dates()
    return accepted(found, found.csv(), date_order="dmy", options={"date_order": "dmy"})


@labelled(DATES, "delimiter and clock are hints", "order stays open", "Excel: 2:15:00 PM")
def a_clock_is_a_hint() -> File:
    """AM and PM smell of months first, and yet settle nothing."""
    columns = SHORT | {"Date": dated("%d/%m/%Y"), "Time": constant("2:15:00 PM")}
    return refused(sheet(columns, OPEN).csv(), "day_or_month", sheet(columns, OPEN).keys)


@labelled(DATES, "delimiter and clock are hints", "order stays open", "semicolon", "7,5")
def a_semicolon_is_a_hint() -> File:
    """Semicolons and decimal commas smell of days first, and yet settle nothing."""
    columns = SHORT | {
        "Date": dated("%d/%m/%Y"),
        "Pain before": scored("pain_before", lambda score: f"{score:.1f}".replace(".", ",")),
    }
    return refused(sheet(columns, OPEN).csv(";"), "day_or_month", sheet(columns, OPEN).keys)


@labelled(DATES, "one day above 12")
def one_day_settles_all() -> File:
    """One 29 April among days that could be months settles the whole column."""
    visits = [*OPEN, CLINIC[8]]
    found = sheet(SHORT | {"Date": dated("%d/%m/%Y")}, visits)
    return accepted(found, found.csv(), date_order="dmy")


@labelled(DATES, "weekday names settle")
def weekdays_settle() -> File:
    """Days that could be months, each with its weekday: only one order fits."""
    found = sheet(SHORT | {"Date": dated("%a %d/%m/%Y")}, OPEN)
    return accepted(found, found.csv(), date_order="dmy")


@labelled(
    DATES,
    "another date column settles",
    "two-digit birth years",
    "birth dates",
    "age from a birth date",
)
def a_birth_date_settles() -> File:
    """Birth dates with days above 12, in the same order; 72 is 1972 and 05 is 2005."""
    born = {"P31": "28/01/05", "P12": "30/11/72", "P07": "14/02/80", "P70": "21/01/76"}
    ages = {"P31": 20.0, "P12": 52.0, "P07": 45.0, "P70": 49.0}
    columns = SHORT | {
        "Date": dated("%d/%m/%Y"),
        "DOB": Writer(("age",), lambda visit: born[visit["patient_id"]]),
    }
    found = sheet(columns, [visit | {"age": ages[visit["patient_id"]]} for visit in OPEN])
    return accepted(found, found.csv(), date_order="dmy")


@labelled(DATES, "month names")
def months_by_name() -> File:
    """Months by name, in English."""
    found = sheet(SHORT | {"Date": dated("%-d %B %Y")})
    return accepted(found, found.csv(), date_order=None)


@labelled(DATES, "UTC as written")
def utc_with_an_offset() -> File:
    """Times with Z: without the clinic's zone, the day and time as written."""
    columns = SHORT | {
        "Date": Writer(("session_date",), lambda visit: f"{visit['session_date']}T23:30:00.000Z")
    }
    found = sheet(columns)
    for number in range(10):
        found = found.knowing(number, session_time=84600)
    return accepted(found, found.csv())


@labelled(DATES, "visit before 1990", "visit after today", "date that does not exist")
def days_that_cannot_be() -> File:
    """A visit of 1899, one of 2099 and one on 31 February wait; nothing is moved."""
    found = sheet(SHORT)
    for number, text in ((0, "1899-12-30"), (2, "2099-01-20"), (3, "2025-02-31")):
        found = found.with_cell(number, "Date", text)
    kept = found.without(0, 2, 3)
    reasons = {"date_before_1990": 1, "date_in_the_future": 1, "date_does_not_exist": 1}
    return File(found.csv(), Truth(kept.visits, reasons=reasons), kept.keys)


@labelled(DATES, "two-digit years", "visit after today")
def two_digit_years_of_visits() -> File:
    """A visit in 69 is of 2069 and cannot be; 25 is 2025."""
    found = sheet(SHORT | {"Date": dated("%d.%m.%y")}).with_cell(3, "Date", "03.02.69")
    kept = found.without(3)
    truth = Truth(kept.visits, reasons={"date_in_the_future": 1}, date_order="dmy")
    return File(found.csv(";"), truth, kept.keys)


@labelled(DATES, "one day above 12", "date that does not exist")
def one_date_against_all() -> File:
    """Month first throughout, but for one 15/04: it waits, and turns nothing round."""
    columns = SHORT | {"Date": dated("%m/%d/%Y")}
    visits = CLINIC * 4
    visits = [visit | {"visit": f"W{number}"} for number, visit in enumerate(visits)]
    visits = [
        v | {"session_date": date(2025 - n // 10, v["session_date"].month, v["session_date"].day)}
        for n, v in enumerate(visits)
    ]
    found = sheet(columns, visits).with_cell(4, "Date", "15/04/2025")
    kept = found.without(4)
    truth = Truth(kept.visits, reasons={"date_does_not_exist": 1}, date_order="mdy")
    return File(found.csv(), truth, kept.keys)


@labelled(DATES, "one day above 12", "order stays open")
def two_orders_in_one_column() -> File:
    """Half month first, half day first, both with days above 12: refused, not guessed."""
    found = sheet(SHORT | {"Date": dated("%m/%d/%Y")})
    for number in (1, 2, 6, 9):
        found = found.with_cell(number, "Date", f"{CLINIC[number]['session_date']:%d/%m/%Y}")
    return refused(found.csv(), "two_orders", found.keys)


@labelled(
    PAIN,
    "7/10",
    "7 / 10",
    "7 out of 10",
    "7,5",
    "7.00",
    "0 - no pain",
    "10 (worst)",
    "half points",
)
def one_score_in_ten_ways() -> File:
    """Ten ways to write a score down."""
    texts = (
        "7/10",
        "8 / 10",
        "6 out of 10",
        "10 (worst)",
        "6,5",
        "4.00",
        "7,0",
        "5",
        "3 - mild",
        "1.0",
    )
    after = ("4", "8", "3.5", "6/10", "5 / 10", "2", "", "0 - no pain", "", "0")
    found = sheet(SHORT)
    for number, (one, other) in enumerate(zip(texts, after, strict=True)):
        found = found.with_cell(number, "Pain before", one).with_cell(number, "Pain after", other)
    return accepted(found, found.csv())


def hundred(score: float) -> str:
    """0-100"""
    return f"{score * 10:g}"


@labelled(PAIN, "0-100 column")
def scores_of_a_hundred() -> File:
    """Both columns from 0 to 100 and no header that says so: many values well above 10."""
    columns = SHORT | {
        "Pain before": scored("pain_before", hundred),
        "Pain after": scored("pain_after", hundred),
    }
    return accepted(sheet(columns), sheet(columns).csv())


@labelled(PAIN, "0-100 column")
def scores_of_a_hundred_by_header() -> File:
    """A header that names millimetres, though few values are above 10."""
    low = [visit | {"pain_before": visit["pain_before"] / 10} for visit in CLINIC]
    columns = {name: writer for name, writer in SHORT.items() if name != "Pain after"}
    columns = {
        ("VAS before (0-100 mm)" if name == "Pain before" else name): writer
        for name, writer in columns.items()
    }
    columns["VAS before (0-100 mm)"] = scored("pain_before", hundred)
    return accepted(sheet(columns, low), sheet(columns, low).csv())


@labelled(PAIN, "just above 10", "11")
def just_above_ten() -> File:
    """Values of 11 and 12, however many, are mistakes on a 0-10 scale."""
    found = sheet(SHORT)
    for number in (0, 1, 2, 3, 4):
        found = found.with_cell(number, "Pain before", "11" if number % 2 else "12")
    kept = found.without(0, 1, 2, 3, 4)
    return File(found.csv(), Truth(kept.visits, reasons={"pain_out_of_range": 5}), kept.keys)


@labelled(PAIN, "ranges", "words for a score", "negative", "11", "98 and 99")
def scores_that_are_none() -> File:
    """Ranges, words, negative, 11 and 99 wait; none is clipped, averaged or guessed."""
    found = sheet(SHORT)
    texts = {0: "6-7", 1: "better", 2: "-2", 3: "11", 4: "99", 5: "98", 6: "6 to 7", 7: "?"}
    for number, text in texts.items():
        found = found.with_cell(number, "Pain before", text)
    kept = found.without(*texts)
    reasons = {"pain_is_a_range": 2, "pain_not_a_number": 2, "pain_out_of_range": 4}
    return File(found.csv(), Truth(kept.visits, reasons=reasons), kept.keys)


def under(before: str, after: str) -> File:
    """The scores under two headers."""
    found = sheet(SHORT).renamed(Pain_before=before, Pain_after=after)
    return accepted(found, found.csv())


@labelled(PAIN, "pre and post")
def pre_and_post() -> File:
    """NPRS pre and NPRS post."""
    return under("NPRS (pre)", "NPRS (post)")


@labelled(PAIN, "arrival and departure")
def arrival_and_departure() -> File:
    """Pain on arrival and at departure."""
    return under("Pain on arrival", "Pain at departure")


@labelled(PAIN, "today and now")
def today_and_now() -> File:
    """Pain today, and pain now after the session."""
    return under("Pain today", "Pain now (after session)")


@labelled(PAIN, "in and out", "start and end")
def after_stands_first() -> File:
    """The score after stands left of the one before."""
    columns = {
        name: SHORT[name]
        for name in ("Visit ID", "Patient ID", "Date", "Pain after", "Pain before")
    }
    found = sheet(columns).renamed(Pain_after="Pain at end", Pain_before="Pain at start")
    return accepted(found, found.csv())


@labelled(PAIN, "scale ends in words", "half points", "7,5", "0-100 column")
def percent_with_signs() -> File:
    """Scores as per cent, each with its sign."""
    columns = SHORT | {
        "Pain before": scored("pain_before", lambda score: f"{score * 10:g} %"),
        "Pain after": scored("pain_after", lambda score: f"{score * 10:g}%"),
    }
    return accepted(sheet(columns), sheet(columns).csv())


@labelled(PAIN, "0-100 column", "just above 10")
def one_column_of_each_scale() -> File:
    """Before out of ten, after out of a hundred: each column by its own header."""
    columns = SHORT | {"Pain after": scored("pain_after", hundred)}
    found = sheet(columns).renamed(
        Pain_before="Pain before (0-10)", Pain_after="Pain after (0-100)"
    )
    return accepted(found, found.csv())
