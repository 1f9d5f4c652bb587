"""Files that come after another one: the store must hold each visit once, as last known."""

from dataclasses import replace

from tests.corpus.clinic import CLINIC, PLAIN, SHORT, changed, dated, says, scored
from tests.corpus.labels import File, Truth, labelled
from tests.corpus.sheet import Sheet, sheet

KIND = "exported again"
ALL = sheet().visits
BY_SHORT = sheet(SHORT).visits


def first(found: Sheet, data: bytes, *later: File, **truth: object) -> File:
    """The file that comes first, and those after it."""
    return File(data, Truth(found.visits, **truth), found.keys, "first.csv", later=later)


def then(data: bytes, held: tuple, new: tuple = (), unchanged: int = 0, **truth: object) -> File:
    """A later file: which of its visits are new or corrected, how many were in, what is held."""
    return File(data, Truth(new, held=held, unchanged=unchanged, **truth), named="later.csv")


@labelled(KIND, "the same file again")
def the_same_file() -> File:
    """The same bytes once more: nothing changes."""
    return first(sheet(), sheet().csv(), then(sheet().csv(), ALL, unchanged=10))


@labelled(KIND, "a longer period")
def a_longer_period() -> File:
    """Six visits, then all ten: four are new."""
    early = sheet(visits=CLINIC[:6])
    return first(early, early.csv(), then(sheet().csv(), ALL, ALL[6:], 6))


@labelled(KIND, "a corrected row")
def a_corrected_row() -> File:
    """A score was mended: one visit is updated."""
    right = sheet(visits=changed(CLINIC, "V105", pain_before=7.0))
    return first(sheet(), sheet().csv(), then(right.csv(), right.visits, right.visits[4:5], 9))


@labelled(KIND, "new columns or order", "another delimiter", "equal rows in another order")
def a_spreadsheet_saved_it() -> File:
    """Opened and saved: semicolons, columns and rows in another order, dates day first."""
    columns = {name: PLAIN[name] for name in reversed(PLAIN)}
    saved = sheet(columns | {"Date": dated("%d.%m.%Y")}, CLINIC[::-1])
    return first(
        sheet(),
        sheet().csv(),
        then(saved.csv(";", "\r\n", "cp1252"), ALL, unchanged=10, date_order="dmy", delimiter=";"),
    )


@labelled(KIND, "new columns or order")
def columns_added_later() -> File:
    """First the scores alone, then all columns: every visit is filled."""
    return first(sheet(SHORT), sheet(SHORT).csv(), then(sheet().csv(), ALL, ALL))


@labelled(KIND, "blank never erases")
def blanks_come_later() -> File:
    """A later export lost its scores and effects: what is known stays."""
    poor = sheet()
    for number in range(10):
        for name in ("Pain before", "Pain after", "Side effects", "Technique"):
            poor = poor.with_cell(number, name, "")
    for number in (8,):
        poor = poor.with_cell(number, "Visit type", "Follow-up call")
    return first(sheet(), sheet().csv(), then(poor.csv(), ALL, unchanged=10))


@labelled(KIND, "equal rows in another order", "the same file again")
def visits_without_ids() -> File:
    """No visit ids: a visit is its patient, day, time, therapist and condition."""
    columns = {name: writer for name, writer in PLAIN.items() if name != "Visit ID"}
    one, other = sheet(columns), sheet(columns, CLINIC[::-1])
    return first(one, one.csv(), then(other.csv(), one.visits, unchanged=10))


@labelled(KIND, "visits renumbered", "a longer period")
def visits_renumbered() -> File:
    """The system numbered its visits anew: the same ten visits, not twenty."""
    anew = [visit | {"visit": f"N{number}"} for number, visit in enumerate(CLINIC)]
    return first(sheet(), sheet().csv(), then(sheet(visits=anew).csv(), ALL, unchanged=10))


@labelled(KIND, "a visit gone")
def a_visit_gone() -> File:
    """A newer export of the same period lacks a visit: it is never removed by itself."""
    fewer = sheet(visits=[visit for visit in CLINIC if visit["visit"] != "V105"])
    return first(sheet(), sheet().csv(), then(fewer.csv(), ALL, unchanged=9))


SURVEY = {
    "Patient ID": PLAIN["Patient ID"],
    "Date": PLAIN["Date"],
    "Pain before": PLAIN["Pain before"],
    "Pain after": PLAIN["Pain after"],
    "Side effects": PLAIN["Side effects"],
}
SYSTEM = {
    name: writer
    for name, writer in PLAIN.items()
    if name not in ("Pain before", "Pain after", "Side effects")
}


@labelled(KIND, "system and survey")
def system_then_survey() -> File:
    """The practice system without scores, then a survey with them: one visit each, filled."""
    survey = sheet(SURVEY)
    return first(sheet(SYSTEM), sheet(SYSTEM).csv(), then(survey.csv(), ALL, ALL))


@labelled(KIND, "system and survey")
def survey_contradicts_system() -> File:
    """The survey has another score for one visit: that answer waits with both values."""
    survey = sheet(SURVEY).with_cell(4, "Pain before", "2")
    known = {name: PLAIN[name] for name in PLAIN if name not in ("Pain after", "Side effects")}
    held = tuple(visit if n != 4 else sheet(known).visits[4] for n, visit in enumerate(ALL))
    new = tuple(visit for n, visit in enumerate(ALL) if n != 4 and (n not in (6, 8)))
    rest = tuple(visit for n, visit in enumerate(ALL) if n in (6, 8))
    return first(
        sheet(known), sheet(known).csv(), then(survey.csv(), held, new + rest, reasons={"": 1})
    )


@labelled(KIND, "the same file again", "cut off in its last line")
def a_download_repeated() -> File:
    """First cut off, then whole: the visit that waited is in, and nothing waits any more."""
    data = sheet().csv()
    cut = data[: data.rindex(b"V110") + len(b"V110,P07,2025-05-26,09:30,disch")]
    known = replace(sheet(), visits=ALL[:9])
    return first(known, cut, then(data, ALL, ALL[9:], 9), reasons={"wrong_number_of_cells": 1})


@labelled(KIND, "another delimiter", "a corrected row", "blank never erases")
def two_ways_of_scores() -> File:
    """The second export writes 7,0 and 13/01/2025 for what the first wrote 7 and 2025-01-13."""
    columns = PLAIN | {
        "Date": dated("%d/%m/%Y"),
        "Time": says(
            "session_time", lambda seconds: f"{seconds // 3600}:{seconds % 3600 // 60:02}:00"
        ),
        "Pain before": scored("pain_before", lambda score: f"{score:.1f}".replace(".", ",")),
    }
    data = sheet(columns).csv("\t", encoding="utf-16")
    return first(sheet(), sheet().csv(), then(data, ALL, unchanged=10, date_order="dmy"))
