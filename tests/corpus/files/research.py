"""What research databases and survey forms write."""

import csv
from dataclasses import replace

from tests.corpus.clinic import (
    CLINIC,
    PLAIN,
    Writer,
    clock,
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

KIND, FORMS = "research databases", "survey forms"
EFFECTS = ("soreness", "bruising", "fatigue")


def box(name: str, yes: str, no: str) -> Writer:
    """A tick box for one effect."""
    return Writer(
        ("side_effects",),
        lambda visit: yes if name in visit.get("side_effects", ()) else no,
    )


def none_box(yes: str, no: str) -> Writer:
    """A tick box for having had none."""
    return Writer((), lambda visit: yes if visit.get("side_effects") == frozenset() else no)


FACTS = {
    "P07": ("Neck pain", "1980"),
    "P12": ("Low back pain", "1972"),
    "P31": ("Shoulder pain", "1991"),
    "P70": ("Low back pain", "1966"),
}


def redcap(labels: bool, coded: bool = False) -> Sheet:
    """Records with their facts on a line of their own, visits as a repeating instrument."""
    yes, no = ("Checked", "Unchecked") if labels else ("1", "0")
    names = (
        {
            "record_id": "Record ID",
            "redcap_repeat_instrument": "Repeat Instrument",
            "redcap_repeat_instance": "Repeat Instance",
            "visit_date": "Date of visit",
            "pain_before": "Pain before treatment (0-10)",
            "pain_after": "Pain after treatment (0-10)",
            "effects___1": "Side effects (choice=Soreness)",
            "effects___2": "Side effects (choice=Bruising)",
            "effects___3": "Side effects (choice=Fatigue)",
            "effects___9": "Side effects (choice=None of these)",
            "demographics_complete": "Complete?",
            "visit_complete": "Complete? ",
        }
        if labels
        else {}
    )
    numbered = labels or coded
    effects = [f"effects___{code}" for code in ((1, 2, 3, 9) if numbered else (*EFFECTS, "none"))]
    columns = {
        "record_id": same("patient_id"),
        "redcap_repeat_instrument": constant("Visit" if labels else "visit"),
        "redcap_repeat_instance": constant("1"),
        "diagnosis": Writer(("condition",), lambda visit: ""),
        "visit_date": dated("%Y-%m-%d"),
        "pain_before": scored("pain_before"),
        "pain_after": scored("pain_after"),
        **{header: box(effect, yes, no) for header, effect in zip(effects, EFFECTS, strict=False)},
        effects[3]: none_box(yes, no),
        "demographics_complete": constant(""),
        "visit_complete": constant("Complete" if labels else "2"),
    }
    found = sheet(columns)
    found = replace(
        found,
        header=tuple(names.get(name, name).strip() for name in found.header),
        keys={key: names.get(name, name) for key, name in found.keys.items()},
    )
    done = "Complete" if labels else "2"
    for place, patient in ((7, "P70"), (3, "P31"), (1, "P12"), (0, "P07")):
        boxes = [no] * 4
        found = found.inserted(
            place, [patient, "", "", FACTS[patient][0], "", "", "", *boxes, done, ""]
        )
    return found


@labelled(
    KIND,
    "REDCap: raw",
    "REDCap: repeating instruments",
    "REDCap: facts of the record",
    "REDCap: checkboxes 0/1",
    "REDCap: complete more than once",
    "tick boxes with a None box",
    "column each 1/0",
)
def redcap_raw() -> File:
    """REDCap, raw: which effect box 1 is, only the project's code book knows: not recorded."""
    found = redcap(labels=False, coded=True)
    for number in range(len(found.visits)):
        found = found.knowing(number, side_effects=None)
    return accepted(found, found.csv(), skipped={"record": 4})


@labelled(
    KIND,
    "REDCap: labels",
    "REDCap: Checked/Unchecked",
    "column each Checked",
    "REDCap: complete more than once",
    "the same header twice",
    "REDCap: facts of the record",
)
def redcap_labels() -> File:
    """REDCap, labels: Checked and Unchecked, headers as sentences, “Complete?” twice."""
    found = redcap(labels=True)
    return accepted(found, found.csv(), skipped={"record": 4})


@labelled(
    KIND,
    "REDCap: checkboxes 0/1",
    "column each 1/0",
    "tick boxes with a None box",
    "REDCap: repeating instruments",
)
def redcap_raw_with_words() -> File:
    """REDCap, raw, of a project whose codes are words, with a box for none."""
    found = redcap(labels=False)
    return accepted(found, found.csv(), skipped={"record": 4})


@labelled(KIND, "REDCap: missing codes", "98 and 99", "negative")
def redcap_missing_codes() -> File:
    """Codes for a score that is not known, by local choice: these visits wait to be looked at."""
    found = redcap(labels=False)
    places = [number for number, record in enumerate(found.records) if record[1]]
    for place, header, code in (
        (0, "pain_after", "99"),
        (2, "pain_after", "-99"),
        (5, "pain_before", "98"),
    ):
        found = found.with_cell(places[place], header, code)
    kept = found.without(0, 2, 5)
    truth = Truth(kept.visits, skipped={"record": 4}, reasons={"pain_out_of_range": 3})
    return File(found.csv(), truth, kept.keys)


@labelled(KIND, "tick boxes without a None box", "REDCap: checkboxes 0/1")
def boxes_without_one_for_none() -> File:
    """Boxes that can only be ticked: where none is, nothing can be known."""
    columns = {
        "Patient ID": same("patient_id"),
        "Date": dated("%Y-%m-%d"),
        "Pain before": scored("pain_before"),
        "Pain after": scored("pain_after"),
        **{
            f"Side effects (choice={name.title()})": box(name, "Checked", "Unchecked")
            for name in EFFECTS
        },
    }
    found = sheet(columns)
    for number, visit in enumerate(CLINIC):
        if not visit.get("side_effects"):
            found = found.knowing(number, side_effects=None)
    return accepted(found, found.csv(), asks=("unticked",))


QUESTIONS = {
    "Timestamp": constant("2025/06/01 6:05:12 PM GMT+2"),
    "Your patient number": same("patient_id"),
    "When was your session?": dated("%m/%d/%Y"),
    "Who treated you today?": same("therapist"),
    "What are you being treated for?": same("condition"),
    "How bad was your pain before the treatment? (0 - no pain, 10 - worst)": scored("pain_before"),
    "How bad is your pain after the treatment?\n0 = no pain, 10 = worst pain": scored("pain_after"),
    "Did you have any side effects? (tick all that apply)": listed(
        "side_effects",
        ", ",
        "None of these",
        soreness="Soreness",
        bruising="Bruising",
        fatigue="Fatigue",
    ),
    "Anything else?": constant("Thanks, all good."),
}


@labelled(
    FORMS,
    "Google: questions as headers",
    "Google: ticks by comma",
    "list by ,",
    "free text",
    "a timestamp beside the visit's date",
    "line break in a header",
    "two dates",
)
def google_forms() -> File:
    """Google Forms: questions as headers, a line break in one, a timestamp beside the date."""
    found = sheet(QUESTIONS)
    return accepted(found, found.csv(), date_order="mdy")


@labelled(
    FORMS,
    "a timestamp alone",
    "Google: questions as headers",
    "today and now",
    "scale ends in words",
    "0 - no pain",
    "10 (worst)",
)
def google_forms_by_timestamp() -> File:
    """No question asks for the day: the timestamp is the visit, in the person's own time."""
    ends = {0: "0 - no pain", 10: "10 (worst)"}
    columns = {
        "Timestamp": Writer(
            ("session_date", "session_time"),
            lambda visit: f"{visit['session_date']:%m/%d/%Y} {clock(visit['session_time'])}:00",
        ),
        "Patient number": same("patient_id"),
        "Pain today, before treatment": scored("pain_before", lambda s: ends.get(s, f"{s:g}")),
        "Pain now, after treatment": scored("pain_after", lambda s: ends.get(s, f"{s:g}")),
    }
    return accepted(sheet(columns), sheet(columns).csv(), date_order="mdy")


@labelled(
    FORMS,
    "Microsoft: ticks by semicolon",
    "Microsoft: Start time",
    "list by ;",
    "names",
    "e-mail",
    "a timestamp beside the visit's date",
)
def microsoft_forms() -> File:
    """Microsoft Forms: start and completion times, account, ticks that end with a semicolon."""
    columns = {
        "ID": PLAIN["Visit ID"],
        "Start time": constant("6/1/2025 18:05:12"),
        "Completion time": constant("6/1/2025 18:07:40"),
        "Email": constant("anonymous"),
        "Name": constant(""),
        "Patient number": same("patient_id"),
        "Date of your visit": dated("%-m/%-d/%Y"),
        "Pain before the treatment": scored("pain_before"),
        "Pain after the treatment": scored("pain_after"),
        "Any side effects?": says(
            "side_effects",
            lambda terms: "".join(f"{name.title()};" for name in sorted(terms)) or "None of these;",
        ),
    }
    found = sheet(columns)
    return accepted(found, found.csv(encoding="utf-8-sig"), date_order="mdy")


@labelled(
    FORMS,
    "Qualtrics: three header lines",
    "Qualtrics: IP Address",
    "Qualtrics: Survey Preview",
    "Qualtrics: sliders 0-100",
    "Qualtrics: personal columns",
    "IP addresses",
    "preview",
    "0-100 column",
    "header of three lines",
    "e-mail",
    "names",
)
def qualtrics() -> File:
    """Qualtrics: three header lines, trial answers, sliders from 0 to 100, IP and location."""
    columns = {
        "StartDate": constant("2025-06-01 18:05:12"),
        "EndDate": constant("2025-06-01 18:07:40"),
        "Status": constant("IP Address"),
        "IPAddress": constant("192.0.2.14"),
        "ResponseId": Writer((), lambda visit: f"R_{visit['visit']}"),
        "RecipientLastName": constant("Sample"),
        "RecipientFirstName": constant("Mia"),
        "RecipientEmail": constant("mia@example.com"),
        "LocationLatitude": constant("52.52"),
        "LocationLongitude": constant("13.40"),
        "Q1": same("patient_id"),
        "Q2": dated("%Y-%m-%d"),
        "Q3_1": scored("pain_before", lambda score: f"{score * 10:g}"),
        "Q3_2": scored("pain_after", lambda score: f"{score * 10:g}"),
    }
    texts = (
        "Start Date",
        "End Date",
        "Response Type",
        "IP Address",
        "Response ID",
        "Recipient Last Name",
        "Recipient First Name",
        "Recipient Email",
        "Location Latitude",
        "Location Longitude",
        "Your patient number",
        "Date of your visit",
        "Pain before treatment",
        "Pain after treatment",
    )
    ids = tuple(f'{{"ImportId":"QID{number}"}}' for number in range(len(texts)))
    found = sheet(columns)
    preview = list(found.records[0])
    preview[2], preview[4], preview[12] = "Survey Preview", "R_trial", "50"
    whole = replace(
        found.inserted(0, preview), records=(texts, ids, tuple(preview), *found.records)
    )
    return accepted(found, whole.csv(quoting=csv.QUOTE_ALL), skipped={"preview": 1})


@labelled(FORMS, "list by line break", "line break in quotes", "treatment words", "unknown effect")
def ticks_by_line_break() -> File:
    """A form that puts each tick on a line of its own in the cell, and one effect unheard of."""
    columns = dict(PLAIN) | {"Side effects": listed("side_effects", "\n", "None")}
    columns["Visit type"] = worded(
        "visit_type",
        evaluation="New client",
        treatment="Session",
        follow_up="Phone call",
        discharge="Final visit",
    )
    found = sheet(columns).with_cell(3, "Side effects", "Soreness\nhiccups")
    found = found.knowing(3, side_effects=frozenset({"soreness", "other"}))
    return accepted(found, found.csv())
