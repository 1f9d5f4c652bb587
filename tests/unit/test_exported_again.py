"""Visits exported again: with a correction, with blanks, under other ids, from a second system.

Two errors are equally bad: a visit counted twice, and two visits taken for one.
"""

from pathlib import Path

import pytest

from pipelines.store import Store
from pipelines.store.check import check_store
from tests.support.again import (
    clinic_of,
    counts,
    practice_of,
    renumbered,
    steps_about,
    survey_of,
    taken,
)
from tests.support.exports import (
    cell,
    content,
    empty_store,
    export,
    figures,
    refusal,
    take,
    twin_store,
    visit,
)

NINE, FIVE = {"Time": "09:00"}, {"Time": "17:00"}
NOT_TOLD, CONTRADICTS = "visit_not_told_apart", "contradicts_known_visit"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path)


def sound(store: Store) -> bool:
    return all(finding.sound for finding in check_store(store))


@pytest.mark.parametrize(("replace", "kept"), [(False, 4.0), (True, None)])
def test_a_corrected_row_keeps_what_its_blanks_stand_for(store, replace, kept):
    take(store, export([visit(1, pain_before="7", pain_after="4")]))
    report = take(store, export([visit(1, pain_before="6", pain_after="")]), replace=replace)
    assert report.updated == 1
    assert cell(store, "pain_before") == 6
    assert cell(store, "pain_after") == kept


def test_renumbered_visits_keep_their_known_ids_and_the_report_says_so(store):
    rows = clinic_of()
    before = taken(store, rows) and content(store)
    (report,) = taken(store, renumbered(rows))
    assert counts(report) == (0, 0, 7, 0)
    assert report.repairs["visit_recognised_by_facts"] == 7
    assert steps_about(report, "keep their known number")
    assert content(store).equals(before)
    assert sound(store)


def test_a_correction_in_a_renumbered_export_is_an_update(store):
    rows = clinic_of()
    again = renumbered(rows)
    again[0]["Pain after"], again[1]["Condition"], again[2]["Time"] = "1", "Low back pain", ""
    reports = taken(store, rows, [{"Time": "", **row} for row in again])
    assert counts(reports[1]) == (0, 2, 5, 0)
    assert (cell(store, "pain_after"), len(store.current())) == (1.0, 7)


def test_a_later_correction_under_the_new_id_finds_its_visit_until_the_import_is_undone(store):
    rows = clinic_of()
    renamed = renumbered(rows)
    _, second = taken(store, rows, renamed)
    moved = renamed[0] | {"Date": "2025-01-08"}
    assert counts(
        take(
            store,
            export(
                [moved],
            ),
            dry_run=True,
        )
    ) == (0, 1, 0, 0)
    store.undo(second.import_id)
    assert counts(take(store, export([moved]), dry_run=True)) == (1, 0, 0, 0)


def test_ids_numbered_anew_in_each_export_name_nothing(store):
    rows = clinic_of()
    shifted = [row | {"Visit ID": f"V{n % 7 + 1}"} for n, row in enumerate(rows, start=1)]
    before = taken(store, rows) and content(store)
    (report,) = taken(store, shifted)
    assert counts(report) == (0, 0, 7, 0)
    assert steps_about(report, "are not used")
    assert content(store).equals(before)


def test_another_month_with_ids_from_one_again_is_all_new(store):
    rows = clinic_of()
    later = [row | {"Date": "2025-02-03", "Visit ID": f"V{8 - n}"} for n, row in enumerate(rows, 1)]
    reports = taken(store, rows, later, rows, later)
    assert [counts(report) for report in reports] == [
        (7, 0, 0, 0), (7, 0, 0, 0), (0, 0, 7, 0), (0, 0, 7, 0),
    ]  # fmt: skip
    assert sound(store)


def test_two_visits_of_a_day_at_different_times_are_two(store):
    reports = taken(store, [visit(1) | NINE], renumbered([visit(1) | FIVE]))
    assert counts(reports[1]) == (1, 0, 0, 0)


@pytest.mark.parametrize("other", [{"Therapist": "Bo"}, {"Condition": "Low back pain"}])
def test_two_visits_of_a_day_with_another_therapist_or_condition_are_two(store, other):
    reports = taken(store, [visit(1)], renumbered([visit(1) | other]))
    assert counts(reports[1]) == (1, 0, 0, 0)


def test_a_file_that_holds_two_visits_of_a_day_holds_two(store):
    morning, evening = visit(1), visit(2)
    reports = taken(store, [morning], [morning, evening])
    assert counts(reports[1]) == (1, 0, 1, 0)


def test_a_second_visit_without_a_time_in_a_file_of_its_own_is_asked_about(store):
    """A morning and an evening file of one system, or one renumbered visit: nothing tells."""
    reports = taken(store, [visit(1)], renumbered([visit(1, pain_before="3")]))
    assert (counts(reports[1]), reports[1].reasons) == ((0, 0, 0, 1), {NOT_TOLD: 1})
    assert len(store.current()) == 1


def test_what_is_asked_about_comes_in_where_a_person_says_that_it_is_another_visit(store):
    second = renumbered([visit(1, pain_before="3")])
    taken(store, [visit(1)], second)
    (entry,) = store.quarantine()["entry"]
    told = [second[0] | {"reason": f"another visit, they came twice [entry {entry}]"}]
    assert counts(take(store, export(told))) == (1, 0, 0, 0)
    assert store.quarantine().empty
    assert counts(take(store, export(second))) == (0, 0, 1, 0)


def test_the_same_time_says_that_it_is_the_same_visit(store):
    reports = taken(store, [visit(1) | NINE], renumbered([visit(1) | NINE]))
    assert counts(reports[1]) == (0, 0, 1, 0)


def test_several_visits_of_a_day_are_paired_by_time_then_by_content(store):
    timed = [visit(1) | NINE, visit(2) | FIVE]
    reports = taken(store, timed, renumbered([timed[1], timed[0]]))
    assert counts(reports[1]) == (0, 0, 2, 0)


def test_without_times_they_are_paired_by_content_and_the_one_left_is_the_corrected_one(store):
    rows = [visit(n, pain_before=f"{n}") for n in (1, 2, 3)]
    again = renumbered([rows[2], rows[0], rows[1] | {"Pain after": "0"}])
    reports = taken(store, rows, again)
    assert counts(reports[1]) == (0, 1, 2, 0)
    assert cell(store, "pain_after", "/V2") == 0


def test_visits_of_a_day_that_say_all_the_same_are_paired_by_order(store):
    reports = taken(store, [visit(1), visit(2)], renumbered([visit(1), visit(2)]))
    assert counts(reports[1]) == (0, 0, 2, 0)


def test_an_answer_that_could_be_about_either_visit_of_a_day_waits(store):
    rows = [visit(1, therapist="Ada"), visit(2, therapist="Bo")]
    reports = taken(store, practice_of(rows), survey_of(rows[:1]))
    assert reports[1].reasons == {NOT_TOLD: 1}


def test_a_survey_fills_the_blanks_of_the_practice_system_in_either_order(tmp_path: Path):
    rows = clinic_of()
    practice, survey = practice_of(rows), survey_of(rows)
    practice[0]["Visit type"] = "Evaluation"
    practice = [{"Visit type": "", **row} for row in practice]
    one, other = twin_store(tmp_path / "one"), twin_store(tmp_path / "other")
    assert counts(taken(one, practice, survey)[1]) == (0, 7, 0, 0)
    assert counts(taken(other, survey, practice)[1]) == (0, 7, 0, 0)
    assert figures(one) == figures(other)
    assert counts(taken(other, survey)[0]) == (0, 0, 7, 0)
    assert set(one.current()["visit_type"]) == {"evaluation", "treatment"}


def test_a_survey_that_contradicts_waits_with_both_values_in_its_sentence(store):
    rows = clinic_of(2)
    taken(store, rows)
    report = take(store, export(survey_of(rows, **{"Pain after treatment": "1"})), "survey.csv")
    assert report.reasons == {CONTRADICTS: 2}
    sentence = store.quarantine()["sentence"][0]
    assert "pain after is 1 here and 4 in the file file 1.csv of" in sentence
    assert cell(store, "pain_after") == 4


def test_a_system_may_correct_its_own_values_and_not_those_of_the_other(store):
    rows = clinic_of(3)
    practice, survey = practice_of(rows), survey_of(rows)
    taken(store, practice, survey)
    corrected = [survey[0] | {"Pain after treatment": "0"}, *survey[1:]]
    assert counts(taken(store, corrected)[0]) == (0, 1, 2, 0)
    practice[0] |= {"Pain after": "9"}
    report = taken(store, [{"Pain after": "", **row} for row in practice])[0]
    assert report.reasons == {CONTRADICTS: 1}
    assert cell(store, "pain_after") == 0


def test_the_time_of_an_answer_is_not_the_time_of_the_visit(store):
    rows = [row | NINE for row in practice_of(clinic_of())]
    survey = [{"Timestamp": f"{row['Visit date']} 18:05", **row} for row in survey_of(clinic_of())]
    for row in survey:
        del row["Visit date"]
    reports = taken(store, rows, survey)
    assert counts(reports[1]) == (0, 7, 0, 0)
    assert set(store.current()["session_time"]) == {9 * 3600.0}


def test_where_no_patient_of_a_file_is_known_the_report_says_so(store):
    rows = clinic_of()
    others = [row | {"Your patient number": f"Q{n}"} for n, row in enumerate(survey_of(rows))]
    reports = taken(store, rows, others)
    assert counts(reports[1]) == (7, 0, 0, 0)
    assert steps_about(reports[1], "none of its patients is known")
    assert not steps_about(reports[0], "patients is known")


def test_lost_leading_zeros_are_refused_where_they_would_count_the_clinic_twice(store):
    rows = [visit(n, patient_id=f"{n:04}") for n in range(1, 8)]
    bare = [row | {"Patient ID": str(int(row["Patient ID"]))} for row in renumbered(rows)]
    taken(store, rows)
    assert "leading zeros" in refusal(store, export(bare))
    (report,) = taken(store, [row | {"Date": "2025-03-03"} for row in bare])
    assert steps_about(report, "most patients are taken as new")


def test_new_columns_and_another_order_are_still_the_same_system(store):
    rows = clinic_of()
    again = [{"Room": "2", **dict(reversed(row.items()))} for row in renumbered(rows)]
    again[0]["Pain after"] = "1"
    assert counts(taken(store, rows, again)[1]) == (0, 1, 6, 0)


def test_the_row_of_another_patient_is_named_by_its_own_line(store):
    """Also where an earlier visit of the file stands on several lines."""
    rows = [visit(1), visit(1), visit(2, patient_id="P2"), visit(3, patient_id="P3")]
    taken(store, rows)
    report = take(store, export([*rows[:2], rows[2] | {"Patient ID": "P9"}, rows[3]]))
    assert report.reasons == {"visit_of_another_patient": 1}
    assert store.quarantine()["line"].tolist() == [4]


def test_the_blanks_of_a_survey_erase_nothing_even_where_it_is_told_to_replace(store):
    rows = clinic_of()
    taken(store, practice_of(rows))
    report = take(store, export(survey_of(rows)), replace=True)
    assert counts(report) == (0, 7, 0, 0)
    assert steps_about(report, "erase nothing")
    assert set(store.current()["therapist"]) == {"Ada"}


def test_ids_shifted_among_the_visits_of_one_patient_move_no_visit(store):
    rows = [visit(n, date=f"2025-01-0{n}", pain_before=f"{n}") for n in range(1, 6)]
    rows[0]["Time"] = ""
    rows = [{"Time": "", **row} for row in rows]
    rows[0]["Time"] = "09:00"
    shifted = [row | {"Visit ID": f"V{n}"} for n, row in enumerate(rows[1:], start=1)]
    before = taken(store, rows) and content(store)
    (report,) = taken(store, shifted)
    assert counts(report) == (0, 0, 4, 0)
    assert content(store).equals(before)


def test_a_mended_row_is_none_of_the_visits_that_stood_beside_it(store):
    rows = [visit(1), visit(2), visit(3, pain_before="11")]
    taken(store, rows)
    (entry,) = store.quarantine()["entry"]
    mended = [visit(3) | {"reason": f"above 10 [entry {entry}]"}]
    assert counts(take(store, export(mended))) == (1, 0, 0, 0)
    assert store.quarantine().empty


def test_where_other_visits_keep_their_numbers_an_unknown_number_is_a_new_visit(store):
    reports = taken(store, [visit(1), visit(2)], [visit(1), visit(3)])
    assert counts(reports[1]) == (1, 0, 1, 0)
    assert reports[1].vanished == 1
