"""What practice systems write."""

from dataclasses import replace

from tests.corpus.clinic import (
    CLINIC,
    PLAIN,
    Visit,
    Writer,
    changed,
    clock,
    clock_of_twelve,
    constant,
    dated,
    listed,
    same,
    says,
    scored,
    worded,
)
from tests.corpus.labels import File, Truth, accepted, labelled
from tests.corpus.sheet import Sheet, sheet

KIND = "practice systems"
CODES = {"Neck_pain": "M54.2", "Low_back_pain": "M54.50", "Shoulder_pain": "M25.511"}
LEVELS = {"superficial": "Superficial DN", "deep": "Deep DN", "electrical": "DN + e-stim"}
NAMES = {"P07": "Mia Sample", "P12": "Tom Sample", "P31": "Lea Sample", "P70": "Max Sample"}
BORN = {"P07": "04/14/1980", "P12": "11/30/1972", "P31": "02/02/1991", "P70": "07/21/1966"}
EMAIL = Writer((), lambda visit: f"{visit['patient_id'].lower()}@example.com")
NAME = Writer((), lambda visit: NAMES[visit["patient_id"]])


def by_patient(texts: dict[str, str]) -> Writer:
    """A fact of the patient that is never stored."""
    return Writer((), lambda visit: texts[visit["patient_id"]])


WEBPT_TYPES = worded(
    "visit_type",
    evaluation="Initial Evaluation",
    treatment="DN",
    follow_up="Phone follow-up",
    discharge="Discharge Summary",
)


def webpt() -> Sheet:
    """A line for each charge: needling first, with the scores, then what else was done."""
    charges = {"exercise": "97110", "mobilization": "97140", "massage": "97124"}
    visits = changed(CLINIC, "V107", adjuncts=None)
    columns = {
        "Patient Name": NAME,
        "Patient ID": same("patient_id"),
        "Date of Service": dated("%m/%d/%Y"),
        "Date Finalized": constant("06/01/2025"),
        "Note Type": WEBPT_TYPES,
        "Treating Therapist": same("therapist"),
        "Billing Provider": constant("Dr. Cora West"),
        "Primary Dx": worded("condition", **CODES),
        "CPT": Writer((), lambda visit: "20561" if "technique" in visit else ""),
        "NPRS Pre": scored("pain_before"),
        "NPRS Post": scored("pain_after"),
    }
    found = sheet(columns, visits)
    records, told = [], []
    for visit, record, truth in zip(visits, found.records, found.visits, strict=True):
        lines = [(*record[:8], charges[term], "", "") for term in sorted(visit.get("adjuncts", ()))]
        records += [record, *lines]
        told.append(truth | {k: v for k, v in visit.items() if k == "adjuncts"} | sided(truth))
    return replace(found, records=tuple(records), visits=tuple(told))


def sided(visit: dict[str, object]) -> dict[str, str]:
    """M25.511 is the right shoulder."""
    return {"side": "right"} if visit["condition"] == "Shoulder pain" else {}


@labelled(
    KIND,
    "WebPT: a line per charge",
    "WebPT: clinical cells on one line",
    "WebPT: note types",
    "WebPT: DN is Daily Note",
    "WebPT: service before finalization",
    "two dates",
    "two providers",
    "names",
    "phone follow-up",
    "discharge alone",
    "one day above 12",
    "pre and post",
)
def webpt_by_charge() -> File:
    """WebPT: a line for each charge, note types, and who signed beside who treated."""
    return accepted(webpt(), webpt().csv(), skipped={"same_visit": 4}, date_order="mdy")


@labelled(KIND, "WebPT: clinical cells on one line", "WebPT: a line per charge")
def webpt_scores_on_the_last_line() -> File:
    """The same with the scores on the last line of each visit."""
    found = webpt()
    records = list(found.records)
    for first, last in ((0, 1), (3, 5), (6, 7)):
        scores = records[first][9:]
        records[first] = (*records[first][:9], "", "")
        records[last] = (*records[last][:9], *scores)
    data = replace(found, records=tuple(records)).csv()
    return accepted(found, data, skipped={"same_visit": 4}, date_order="mdy")


@labelled(
    KIND,
    "Jane: states",
    "Jane: breaks without a patient",
    "Jane: practice client",
    "Jane: Sep 04, 2025",
    "Jane: name and number apart",
    "never booked",
    "archived",
    "rescheduled",
    "break",
    "test",
    "not yet attended",
    "e-mail",
    "phones",
    "addresses",
    "month names",
)
def jane() -> File:
    """Jane: every state, a break without a patient, and the client for trying things out."""
    columns = {
        "Client Name": NAME,
        "Client Number": same("patient_id"),
        "Email": EMAIL,
        "Phone": constant("+1 555 010 0199"),
        "Address": constant("12 Sample Street"),
        "Appointment Date": dated("%b %d, %Y"),
        "Start Time": says("session_time", clock_of_twelve),
        "Treatment": constant("Dry Needling 45 min"),
        "Staff Member": same("therapist"),
        "State": constant("Arrived"),
        "Pain Before": scored("pain_before"),
        "Pain After": scored("pain_after"),
    }
    visits = [{k: v for k, v in visit.items() if k != "visit_type"} for visit in CLINIC]
    found = sheet(columns, visits)
    more = [
        _jane("Mia Sample", "P07", "Jun 03, 2025", "Booked"),
        _jane("Mia Sample", "P07", "Feb 11, 2025", "No Show"),
        _jane("Tom Sample", "P12", "Feb 11, 2025", "Cancelled"),
        _jane("Tom Sample", "P12", "Mar 25, 2025", "Rescheduled"),
        _jane("Lea Sample", "P31", "Mar 26, 2025", "Never Booked"),
        _jane("Lea Sample", "P31", "Apr 21, 2025", "Archived"),
        _jane("", "", "Apr 22, 2025", "Break"),
        _jane("Ted Test", "P99", "Apr 22, 2025", "Arrived"),
    ]
    skipped = {
        "not_yet_attended": 1,
        "no_show": 1,
        "cancelled": 1,
        "rescheduled": 1,
        "never_booked": 1,
        "archived": 1,
        "break": 1,
        "test": 1,
    }
    data = found.inserted(4, *more).csv(encoding="utf-8-sig")
    return accepted(found, data, skipped=skipped, date_order=None)


def _jane(name: str, number: str, day: str, state: str) -> list[str]:
    return [name, number, "", "", "", day, "9:00 AM", "", "Ada Berg", state]


CLINIKO_IDS = {
    "P07": "1390000000000000071",
    "P12": "1390000000000000072",
    "P31": "1390000000000000073",
    "P70": "1390000000000000081",
}


@labelled(
    KIND,
    "Cliniko: ids of 19 digits",
    "19 digits",
    "Cliniko: UTC times",
    "UTC as written",
    "Cliniko: Cancelled at",
    "Cliniko: Did not arrive",
    "Cliniko: Patient arrived",
    "Did Not Arrive",
)
def cliniko() -> File:
    """Cliniko: 19 digits of which the last tells patients apart, UTC times, flags of their own."""
    visits = [visit | {"patient_id": CLINIKO_IDS[visit["patient_id"]]} for visit in CLINIC]
    columns = {
        "Patient ID": same("patient_id"),
        "Appointment start": Writer(
            ("session_date", "session_time"),
            lambda visit: f"{visit['session_date']}T{clock(visit['session_time'])}:00Z",
        ),
        "Appointment type": worded(
            "visit_type",
            evaluation="Initial Consultation",
            treatment="Standard Consultation",
            follow_up="Telephone review",
            discharge="Discharge",
        ),
        "Practitioner": same("therapist"),
        "Patient arrived": constant("true"),
        "Did not arrive": constant("false"),
        "Cancelled at": constant(""),
        "Pain before": scored("pain_before"),
        "Pain after": scored("pain_after"),
    }
    found = sheet(columns, visits)
    patient = CLINIKO_IDS["P07"]
    data = found.inserted(
        3,
        [patient, "2025-01-27T09:30:00Z", "Standard Consultation", "Ada Berg", "false", "true", ""],
        [
            patient,
            "2025-01-28T09:30:00Z",
            "Standard Consultation",
            "Ada Berg",
            "false",
            "false",
            "2025-01-26T18:04:11Z",
        ],
    ).csv()
    return accepted(found, data, skipped={"no_show": 1, "cancelled": 1})


@labelled(
    KIND,
    "SimplePractice: Show",
    "SimplePractice: billed and no visit",
    "SimplePractice: money",
    "insurance numbers",
    "names",
    "birth dates",
    "two-digit birth years",
    "one day above 12",
    "age from a birth date",
)
def simple_practice() -> File:
    """SimplePractice: Show is attended; cancelled and missed ones are billed and no visits."""
    columns = {
        "Client": NAME,
        "Client ID": same("patient_id"),
        "Date of Birth": Writer(("age",), lambda visit: BORN[visit["patient_id"]]),
        "Insurance ID": constant("XYZ123456789"),
        "Date of Service": dated("%m/%d/%Y"),
        "Status": constant("Show"),
        "Clinician": same("therapist"),
        "Charge": constant("$1,135.00"),
        "Pain before": scored("pain_before"),
        "Pain after": scored("pain_after"),
    }
    ages = (44.0, 52.0, 44.0, 34.0, 52.0, 44.0, 34.0, 58.0, 52.0, 45.0)
    visits = [visit | {"age": age} for visit, age in zip(CLINIC, ages, strict=True)]
    found = sheet(columns, visits)
    rows = [
        ["Mia Sample", "P07", "04/14/1980", "", "02/12/2025", status, "Ada Berg", "$95.00"]
        for status in ("No Show", "Late Cancelled", "Clinician Cancelled")
    ]
    skipped = {"no_show": 1, "cancelled": 2}
    return accepted(found, found.inserted(6, *rows).csv(), skipped=skipped, date_order="mdy")


def attended(columns: dict[str, Writer], status: str, done: str) -> Sheet:
    """A plain list of appointments with a column of what became of them."""
    return sheet(columns | {status: constant(done)})


@labelled(KIND, "Prompt", "free text")
def prompt() -> File:
    """Prompt: visits that are Completed, with the note's text beside them."""
    columns = {
        "Visit Number": PLAIN["Visit ID"],
        "Patient Account Number": same("patient_id"),
        "Visit Date": dated("%m-%d-%Y"),
        "Visit Type": worded(
            "visit_type",
            evaluation="PT Evaluation",
            treatment="Daily Note",
            follow_up="Phone call",
            discharge="Discharge",
        ),
        "Provider": same("therapist"),
        "Diagnosis Codes": worded(
            "condition", Neck_pain="M54.2", Low_back_pain="M54.50; M79.18", Shoulder_pain="M25.512"
        ),
        "Dry Needling Type": worded("technique", **LEVELS),
        "Pain In": scored("pain_before"),
        "Pain Out": scored("pain_after"),
        "Assessment": constant("Tolerated well, see plan."),
        "Visit Status": constant("Completed"),
    }
    found = sheet(columns)
    left = [
        {"side": "left"} if visit["condition"] == "Shoulder pain" else {} for visit in found.visits
    ]
    told = tuple(visit | more for visit, more in zip(found.visits, left, strict=True))
    more = [
        "V900",
        "P07",
        "03-06-2025",
        "Daily Note",
        "Ada Berg",
        "M54.2",
        "",
        "",
        "",
        "",
        "Missed",
    ]
    data = found.inserted(5, more).csv()
    return accepted(replace(found, visits=told), data, skipped={"no_show": 1}, date_order="mdy")


@labelled(KIND, "Nookal", "Did Not Arrive", "types named by the clinic", "Excel: 2:15:00 PM")
def nookal() -> File:
    """Nookal: date and time in two columns, types that the clinic named itself."""
    columns = {
        "Client ID": same("patient_id"),
        "Date": dated("%d/%m/%Y"),
        "Time": says("session_time", lambda seconds: clock_of_twelve(seconds).replace(" ", ":00 ")),
        "Appointment Type": worded(
            "visit_type",
            evaluation="New Patient",
            treatment="Subsequent Consultation",
            follow_up="Telephone Review",
            discharge="Discharge",
        ),
        "Practitioner": same("therapist"),
        "Arrival Status": constant("Arrived"),
        "Pain Start": scored("pain_before"),
        "Pain End": scored("pain_after"),
    }
    found = sheet(columns)
    more = [
        "P12",
        "11/02/2025",
        "9:00:00 AM",
        "Subsequent Consultation",
        "Ben Ito",
        "Did Not Arrive",
    ]
    return accepted(found, found.inserted(2, more).csv(), skipped={"no_show": 1}, date_order="dmy")


@labelled(KIND, "Power Diary", "start and end", "attended words", "cancelled spellings")
def power_diary() -> File:
    """Power Diary: weekday in the date, Did Not Arrive and two spellings of cancelled."""
    columns = {
        "Client ID": same("patient_id"),
        "Appointment Date": dated("%a %d/%m/%Y"),
        "Practitioner": same("therapist"),
        "Status": constant("Completed"),
        "NPRS Start": scored("pain_before"),
        "NPRS End": scored("pain_after"),
    }
    found = sheet(columns)
    rows = [
        ["P07", "Tue 11/02/2025", "Ada Berg", "Did Not Arrive"],
        ["P07", "Wed 12/02/2025", "Ada Berg", "Canceled < 24h"],
        ["P12", "Thu 13/02/2025", "Ada Berg", "Cancelled by client"],
    ]
    skipped = {"no_show": 1, "cancelled": 2}
    return accepted(found, found.inserted(9, *rows).csv(), skipped=skipped, date_order="dmy")


def day_and_clock(visit: Visit) -> str:
    """13 Jan 2025, 9:30 am"""
    return f"{visit['session_date']:%d %b %Y}, {clock_of_twelve(visit['session_time']).lower()}"


@labelled(KIND, "Splose", "in and out")
def splose() -> File:
    """Splose: date and time in one cell, month by name, a location."""
    columns = {
        "Appointment ID": PLAIN["Visit ID"],
        "Patient ID": same("patient_id"),
        "Start date/time": Writer(("session_date", "session_time"), day_and_clock),
        "Location": says("clinic", str),
        "Practitioner": same("therapist"),
        "Status": constant("Arrived"),
        "VAS pre": scored("pain_before"),
        "VAS post": scored("pain_after"),
    }
    found = sheet(columns, [visit | {"clinic": "North"} for visit in CLINIC])
    return accepted(found, found.csv(), date_order=None)


OPENEMR = {
    "pid": same("patient_id"),
    "Date of service": dated("%Y-%m-%d"),
    "Time": says("session_time", lambda seconds: clock(seconds) + ":00"),
    "Provider": same("therapist"),
    "Appt status": constant("> Checked out"),
    "Codes": worded(
        "condition",
        Neck_pain="ICD10:M54.2",
        Low_back_pain="ICD10:M54.50",
        Shoulder_pain="ICD10:M25.511",
    ),
    "Pain before": scored("pain_before"),
    "Pain after": scored("pain_after"),
}


def openemr() -> Sheet:
    """The clinic under OpenEMR's headers; the code tells the side of the shoulder."""
    found = sheet(OPENEMR)
    return replace(found, visits=tuple(visit | sided(visit) for visit in found.visits))


@labelled(KIND, "OpenEMR: symbols with words", "OpenEMR: ICD10:M54.50", "no-show words")
def openemr_with_symbols() -> File:
    """OpenEMR: every symbol of attended and every one of not."""
    found = openemr()
    symbols = ("@ Arrived", "~ Arrived late", "< In exam room", "$ Coding done", "> Checked out")
    for number, symbol in enumerate(symbols):
        found = found.with_cell(number, "Appt status", symbol)
    rows = [
        ["P07", "2025-02-11", "09:00:00", "Ada Berg", symbol]
        for symbol in (
            "? No show",
            "x Canceled",
            "% Canceled < 24h",
            "! Left w/o visit",
            "^ Pending",
        )
    ]
    skipped = {"no_show": 2, "cancelled": 2, "not_yet_attended": 1}
    return accepted(found, found.inserted(5, *rows).csv(), skipped=skipped)


@labelled(KIND, "OpenEMR: dump by tab with \\N", "\\N")
def openemr_dump() -> File:
    """A dump of the database: tabs, and \\N for what is not there."""
    found = openemr()
    records = tuple(tuple(cell or "\\N" for cell in record) for record in found.records)
    return accepted(found, replace(found, records=records).csv("\t"), delimiter="\t")


@labelled(
    KIND,
    "Power BI: Sum of",
    "Power BI: weekday in the date",
    "Power BI: Total per group",
    "Power BI: filters in the last cell",
    "Applied filters",
    "weekday names settle",
)
def power_bi() -> File:
    """Power BI: sums though a row is one visit, weekdays, a total a group, filters at the end."""
    columns = {
        "Therapist": same("therapist"),
        "Patient ID": same("patient_id"),
        "Visit Date": dated("%A, %B %d, %Y"),
        "Sum of Pain Before": scored("pain_before", "{:.2f}".format),
        "Sum of Pain After": scored("pain_after", "{:.2f}".format),
    }
    by_therapist = sorted(CLINIC, key=lambda visit: visit["therapist"])
    found = sheet(columns, by_therapist)
    grouped = found.inserted(
        10, ["Ben Ito Total", "", "", "26.50", "15.00"], ["Total", "", "", "57.50", "28.50"]
    )
    grouped = grouped.inserted(5, ["Ada Berg", "Total", "", "31.00", "13.50"])
    below = '\n"Applied filters:\nDate is on or after 1/1/2025\nClinic is North"\n'
    skipped = {"total": 3, "note": 1}
    return accepted(
        found, grouped.csv(encoding="utf-8-sig", below=below), skipped=skipped, date_order=None
    )


@labelled(KIND, "Tableau: UTF-16 with tabs", "UTF-16 with mark", "tab", "grand totals")
def tableau() -> File:
    """Tableau: a crosstab in UTF-16 with tabs, and a grand total."""
    columns = {
        "Patient Id": same("patient_id"),
        "Day of Visit Date": dated("%d %B %Y"),
        "Practitioner": same("therapist"),
        "Avg. Pain Before": scored("pain_before", "{:.3f}".format),
        "Avg. Pain After": scored("pain_after", "{:.3f}".format),
        "Side Effects": listed("side_effects", ", "),
    }
    found = sheet(columns)
    data = found.csv(
        "\t", newline="\r\n", encoding="utf-16", below="Grand Total\t\t\t5.750\t3.167\t\r\n"
    )
    return accepted(found, data, skipped={"total": 1}, date_order=None, encoding="utf-16")


@labelled(KIND, "bookings to come", "not yet attended")
def bookings_to_come() -> File:
    """A list of appointments that are still to be: nothing took place."""
    columns = {
        "Patient ID": same("patient_id"),
        "Appointment date": dated("2026-12-%d"),
        "Status": constant("Confirmed"),
        "Practitioner": same("therapist"),
    }
    return File(sheet(columns).csv(), Truth(refused="no_visit"), sheet(columns).keys)
