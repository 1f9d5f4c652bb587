"""Rows that are no visit: by their status, by what they are, by another line of the same visit."""

import time
from pathlib import Path

import pytest

from tests.support.exports import (
    accounted,
    column,
    empty_store,
    export,
    refusal,
    take,
    visit,
)

ATTENDED = [
    "Arrived",
    "Checked out",
    "Completed",
    "Show",
    "Seen",
    "yes",
    "Billed",
    "> Checked out",
    "$ Coding done",
    "",
]
SKIPPED = {
    "Cancelled": "cancelled",
    "Canceled": "cancelled",
    "Late cancel": "cancelled",
    "x Canceled": "cancelled",
    "No Show": "no_show",
    "no-show": "no_show",
    "DNA": "no_show",
    "Did not attend": "no_show",
    "? No show": "no_show",
    "no": "no_show",
    "Rescheduled": "rescheduled",
    "Never Booked": "never_booked",
    "Archived": "archived",
    "Deleted": "deleted",
    "Break": "break",
    "Waitlist": "waitlist",
    "Test": "test",
    "Survey Preview": "preview",
}


def test_each_status_says_whether_a_visit_took_place(tmp_path: Path):
    rows = [visit(n) | {"Status": text} for n, text in enumerate([*ATTENDED, *SKIPPED])]
    report = take(empty_store(tmp_path), export(rows))
    assert (report.accepted, report.quarantined) == (len(ATTENDED), 0)
    expected = {reason: list(SKIPPED.values()).count(reason) for reason in SKIPPED.values()}
    assert report.skipped == expected
    assert accounted(report)


@pytest.mark.parametrize("text", ["Perhaps", "x", "99"])
def test_a_status_never_seen_before_is_asked_about_not_guessed(text: str, tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {"Status": text}]))
    assert report.reasons == {"unknown_status": 1}


def test_a_booked_visit_is_none_yet_unless_it_has_a_past_date_and_scores(tmp_path: Path):
    rows = [
        visit(1) | {"Status": "Booked"},
        visit(2, pain_before="", pain_after="") | {"Status": "Confirmed"},
        visit(3, date="2999-01-01") | {"Status": "Scheduled"},
    ]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert (report.accepted, report.skipped) == (1, {"not_yet_attended": 2})
    assert column(store, "flags") == ["scored_though_only_booked"]


def test_a_cancelled_row_is_skipped_whatever_else_is_wrong_with_it(tmp_path: Path):
    rows = [visit(1, pain_before="better", date="") | {"Status": "Cancelled"}, visit(2)]
    report = take(empty_store(tmp_path), export([rows[0], rows[1] | {"Status": ""}]))
    assert (report.skipped, report.quarantined) == ({"cancelled": 1}, 0)


def test_a_break_without_a_patient_is_a_break(tmp_path: Path):
    rows = [visit(1, patient_id="") | {"Status": "Break"}, visit(2) | {"Status": "Arrived"}]
    assert take(empty_store(tmp_path), export(rows)).skipped == {"break": 1}


TYPES = {
    "Initial Evaluation": "evaluation",
    "New Patient": "evaluation",
    "Treatment": "treatment",
    "Daily Note": "treatment",
    "DN": "treatment",
    "Subsequent consultation": "treatment",
    "": "treatment",
    "Follow-up consultation": "treatment",
    "Discharge Summary": "discharge",
}
OPEN = ("Follow Up", "follow-up", "Re-evaluation", "Progress Note")
CALLS = ("Phone follow-up", "Telephone review", "Outcome call", "follow_up")


def types(tmp_path: Path, texts, technique: str | None = "deep", **more: str) -> list[str]:
    rows = [
        visit(n, technique=technique or "") | {"Visit type": t} | more for n, t in enumerate(texts)
    ]
    if technique is None:
        rows = [{name: row[name] for name in row if name != "Technique"} for row in rows]
    store = empty_store(tmp_path)
    take(store, export(rows))
    return column(store, "visit_type")


def test_each_type_of_visit(tmp_path: Path):
    assert types(tmp_path, TYPES) == list(TYPES.values())


def test_a_follow_up_that_carries_needling_is_a_treatment(tmp_path: Path):
    assert set(types(tmp_path / "1", [*OPEN, *CALLS])) == {"treatment"}
    assert set(types(tmp_path / "2", [*OPEN, *CALLS], "", CPT="20560")) == {"treatment"}
    assert set(types(tmp_path / "3", [*OPEN, *CALLS], "dry needling")) == {"treatment"}


def test_a_bare_follow_up_where_the_file_records_technique_is_a_follow_up(tmp_path: Path):
    assert set(types(tmp_path / "1", [*OPEN, *CALLS], "")) == {"follow_up"}
    assert set(types(tmp_path / "2", [*OPEN, *CALLS], "none")) == {"follow_up"}


def test_a_bare_follow_up_where_no_file_records_needling_is_a_treatment(tmp_path: Path):
    found = dict(zip([*OPEN, *CALLS], types(tmp_path, [*OPEN, *CALLS], None), strict=True))
    assert found["Follow Up"] == found["follow-up"] == "treatment"
    assert {found[text] for text in (*CALLS, "Re-evaluation", "Progress Note")} == {"follow_up"}


def test_a_type_that_is_not_known_is_a_treatment_and_counted(tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {"Visit type": "Gold package"}]))
    assert report.repairs == {"unknown_visit_type": 1}


def test_further_lines_of_one_visit_fill_it_and_are_counted(tmp_path: Path):
    rows = [
        visit(1, pain_after="", side_effects="") | {"CPT": "97110"},
        visit(1, pain_before="", side_effects="soreness") | {"CPT": "20560"},
        visit(1) | {"CPT": "20560", "Side effects": "soreness"},
        visit(2) | {"CPT": "20560"},
    ]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert (report.accepted, report.skipped) == (2, {"same_visit": 2})
    assert report.repairs == {"lines_joined_to_one_visit": 1}
    assert column(store, "pain_after") == [4, 4]
    assert column(store, "side_effects") == ["soreness", ""]
    assert column(store, "source_line") == [2, 5]


def test_a_further_line_that_contradicts_is_quarantined(tmp_path: Path):
    rows = [visit(1), visit(1, pain_before="6"), visit(2)]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    assert (report.accepted, report.reasons) == (2, {"contradicts_same_visit": 1})
    assert column(store, "pain_before") == [7, 7]


def test_a_visit_id_with_another_patient_is_quarantined_not_an_update(tmp_path: Path):
    store = empty_store(tmp_path)
    assert take(store, export([visit(1), visit(1, patient_id="P2")])).reasons == {
        "visit_of_another_patient": 1
    }
    again = take(store, export([visit(1, patient_id="P3", pain_before="2")]))
    assert (again.accepted, again.reasons) == (0, {"visit_of_another_patient": 1})
    assert column(store, "pain_before") == [7]


def test_without_visit_ids_patient_date_time_therapist_and_condition_tell_visits_apart(
    tmp_path: Path,
):
    first = {name: cell for name, cell in visit(1).items() if name != "Visit ID"} | {"Time": "9:00"}
    changes = (
        {"Patient ID": "P2"},
        {"Date": "2025-01-07"},
        {"Time": "10:00"},
        {"Therapist": "Bo"},
        {"Condition": "Headache"},
        {"Pain before": "7.0"},
    )
    report = take(empty_store(tmp_path), export([first, *(first | change for change in changes)]))
    assert (report.accepted, report.skipped) == (6, {"same_visit": 1})


def test_one_clinics_visit_id_is_not_anothers(tmp_path: Path):
    rows = [visit(1) | {"Clinic": "North"}, visit(1, patient_id="P2") | {"Clinic": "South"}]
    assert take(empty_store(tmp_path), export(rows)).accepted == 2


def test_a_list_in_which_nothing_took_place_is_refused(tmp_path):
    """Bookings to come and cancelled ones say nothing about outcomes."""
    lines = ["Patient ID,Visit date,Status", "P1,2025-01-14,Booked", "P2,2025-01-15,Cancelled"]
    said = refusal(empty_store(tmp_path), "\n".join(lines).encode())
    assert "no visit in the file" in said
    assert "1 not yet attended" in said


WIDTH = 9


def padded(*cells: str) -> bytes:
    return ",".join([*cells, *[""] * (WIDTH - len(cells))]).encode() + b"\n"


def with_lines(*lines: bytes) -> bytes:
    """Three visits; the lines stand before the last of them and again below it."""
    header, *rows = export([visit(n) for n in (1, 2, 3)]).splitlines(keepends=True)
    return b"".join([header, *rows[:2], *lines, rows[2], *lines])


NO_VISITS = {
    "Page 2 of 7": "note",
    "January 2025": "note",
    "Therapist: Ada": "note",
    "Printed 11/20/2026": "note",
    "Applied filters: Clinic is North": "note",
    "Ada Total": "total",
    "Subtotal": "total",
    "Grand total": "total",
    "Zwischensumme": "total",
}


@pytest.mark.parametrize(("text", "kind"), NO_VISITS.items(), ids=str)
def test_lines_between_and_below_the_visits_are_told_by_what_they_are(text, kind, tmp_path: Path):
    lines = [padded(text), padded(text, "North", "12" if kind == "total" else "")]
    report = take(empty_store(tmp_path), with_lines(*lines))
    assert (report.accepted, report.quarantined, report.skipped) == (3, 0, {kind: 4})
    assert "the last 2 rows are no visits" in " ".join(map(str, report.steps))


def test_a_half_filled_visit_is_no_note(tmp_path: Path):
    line = padded("Clinic North", "P9", "", "Ada", "Neck pain", "deep", "7", "4")
    report = take(empty_store(tmp_path), with_lines(line))
    assert report.reasons == {"no_date": 2}


def test_a_header_of_three_lines_that_comes_again_on_every_page_is_a_header(tmp_path: Path):
    lines = ["Visit,,,Pain,,", "Number,Patient ID,Date,Before,After,Notes", ",,,0-10,0-10,"]
    pages = [f"V{n},P{n},2025-01-{n + 12},7,4,ok" for n in range(6)]
    content = "\n".join([*lines, *pages[:3], *lines, *pages[3:]])
    store = empty_store(tmp_path)
    report = take(store, content.encode())
    assert (report.header_line, report.accepted, report.skipped) == (1, 6, {"header": 3})
    assert column(store, "pain_before") == [7] * 6
    assert "header on lines 1-3" in " ".join(map(str, report.steps))


def test_thousands_of_rows_of_delimiters_take_no_time(tmp_path: Path):
    started = time.perf_counter()
    report = take(empty_store(tmp_path), export([visit(1)]) + padded() * 100_000)
    assert (report.accepted, report.skipped) == (1, {"blank": 100_000})
    assert time.perf_counter() - started < 10
