"""Dates judged over the whole column and all its forms; what stays open is refused."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.ingest.load import import_file
from pipelines.ingest.report import Report
from pipelines.settings import Settings
from pipelines.store import Store
from tests.support.exports import Dialect, column, empty_store, export, refusal, take, visit

OPEN = ("03/04/2025", "05/04/2025")


def rows(texts: tuple[str, ...], others: dict[str, tuple[str, ...]] | None = None) -> list[dict]:
    found = [visit(n, date=text) for n, text in enumerate(texts, start=1)]
    for name, cells in (others or {}).items():
        found = [row | {name: cell} for row, cell in zip(found, cells, strict=True)]
    return found


def read(tmp_path: Path, *texts: str, **options) -> tuple[list[str], Report]:
    """The days that were kept, as ISO, and the report."""
    store = empty_store(tmp_path)
    report = take(store, export(rows(texts, options.pop("others", None))), **options)
    return [f"{day:%Y-%m-%d}" for day in column(store, "session_date")], report


@pytest.mark.parametrize(
    ("texts", "order", "days"),
    [
        (("13/01/2025", "02/03/2025"), "dmy", ["2025-01-13", "2025-03-02"]),
        (("01/13/2025", "02/03/2025"), "mdy", ["2025-01-13", "2025-02-03"]),
        (("13.01.2025", "2.3.2025"), "dmy", ["2025-01-13", "2025-03-02"]),
        (("21-4-25", "3-4-25"), "dmy", ["2025-04-21", "2025-04-03"]),
        (("2025-01-02", "2025/1/3"), "ymd", ["2025-01-02", "2025-01-03"]),
        (("20250104",), "ymd", ["2025-01-04"]),
        (("21042025", "03042025"), "dmy", ["2025-04-21", "2025-04-03"]),
        (
            ("2025-04-21", "21/04/2025", "03/04/2025"),
            "dmy",
            ["2025-04-21", "2025-04-21", "2025-04-03"],
        ),
        (("Sep 04, 2025", "4-Mar-2025"), None, ["2025-09-04", "2025-03-04"]),
        (("Tuesday, March 4, 2025", "4th of March"), None, ["2025-03-04"]),
        (
            ("13/01/2025", "2025-02-03", "Mar 4, 2025"),
            "dmy",
            ["2025-01-13", "2025-02-03", "2025-03-04"],
        ),
    ],
)
def test_each_form_is_read_in_the_order_the_column_shows(texts, order, days, tmp_path: Path):
    found, report = read(tmp_path, *texts)
    assert (found, report.date_order) == (days, order)


@pytest.mark.parametrize(
    "text",
    [
        "4 March 2025",
        "March 4th, 2025",
        "4. März 2025",
        "4 mars 2025",
        "4 de marzo de 2025",
        "4 maart 2025",
        "4 MAR 2025",
        "4-mrt-2025",
        "04.März.2025",
        "4. Maerz 2025",
        "le 4 mars 2025",
        "4 de marzo del 2025",
        "el 4 de marzo de 2025",
        "2025-Mar-04",
        "04MAR2025",
        "Mar-04-2025",
        "4 March of 2025",
        "Tue 4 Mar 2025",
        "dinsdag 4 maart 2025",
    ],
)
def test_a_month_is_named_in_five_languages(text: str, tmp_path: Path):
    assert read(tmp_path, text)[0] == ["2025-03-04"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er août 2025", "2025-08-01"),
        ("24 déc. 2025", "2025-12-24"),
        ("5 enero 2025", "2025-01-05"),
        ("6 Mai 2025", "2025-05-06"),
        ("7 okt 2025", "2025-10-07"),
        ("8 Jänner 2025", "2025-01-08"),
    ],
)
def test_accents_points_and_ordinals_of_months(text: str, day: str, tmp_path: Path):
    assert read(tmp_path, text)[0] == [day]


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_an_open_column_is_refused_and_an_order_settles_it(order: str, tmp_path: Path):
    sentence = refusal(empty_store(tmp_path), export(rows(OPEN)))
    assert "Day and month of “Date” cannot be told apart" in sentence
    assert "dmy (03/04/2025 is 3 April) or mdy (it is March 4)" in sentence
    assert "--date-order" in sentence
    days, report = read(tmp_path, *OPEN, date_order=order)
    assert report.date_order == order
    assert (
        days
        == {
            "dmy": ["2025-04-03", "2025-04-05"],
            "mdy": ["2025-03-04", "2025-05-04"],
        }[order]
    )


def test_the_sentence_of_a_refusal_shows_no_date_of_the_file(tmp_path: Path):
    sentence = refusal(empty_store(tmp_path), export(rows(("07/09/2025", "08/09/2025"))))
    assert "07/09" not in sentence
    assert "08/09" not in sentence


def test_two_ways_in_one_column_are_refused(tmp_path: Path):
    sentence = refusal(empty_store(tmp_path), export(rows(("13/01/2025", "01/14/2025"))))
    assert "written in two ways" in sentence
    assert "YYYY-MM-DD" in sentence


def questions(tmp_path: Path, texts: tuple[str, ...], **dialect: str) -> tuple:
    """What is asked of a file whose dates stay open."""
    content = export(rows(texts), Dialect(**dialect))
    report = import_file(empty_store(tmp_path), "export.csv", content)
    assert report.refused is not None
    return report.questions


def test_an_open_order_is_asked_with_both_readings_of_a_date_of_the_file(tmp_path: Path):
    (question,) = questions(tmp_path, ("05/05/2024", "03/04/2025 10:30"))
    assert (question.key, question.blocking, question.suggested) == ("date_order", True, None)
    assert "03/04/2025 in “Date”" in question.text
    assert [(c.value, c.label) for c in question.choices] == [
        ("dmy", "3 April 2025"), ("mdy", "4 March 2025"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "dialect", "suggested", "hint"),
    [
        (("03.04.2025",), {}, "dmy", "Points"),
        (("03/04/2025 2:15 PM",), {}, "mdy", "AM and PM"),
        (("03/04/2025",), {"delimiter": ";"}, "dmy", "Semicolons"),
        (("03/04/2025 2:15 PM",), {"delimiter": ";"}, None, "Semicolons"),
    ],
)
def test_a_hint_is_shown_and_never_settles(texts, dialect, suggested, hint, tmp_path: Path):
    (question,) = questions(tmp_path, texts, **dialect)
    assert question.suggested == suggested
    assert hint in question.text


def test_a_reading_in_the_future_speaks_for_the_other_one(tmp_path: Path):
    content = export(rows(("03/04/2025", "02/03/2025")))
    report = import_file(empty_store(tmp_path), "x.csv", content, today=date(2025, 3, 10))
    assert report.questions[0].suggested == "mdy"


def test_years_of_two_digits_that_could_come_first_are_asked(tmp_path: Path):
    (question,) = questions(tmp_path, ("24-04-13", "25-05-03", "25-06-27"))
    assert [choice.value for choice in question.choices] == ["dmy", "ymd"]
    assert [choice.label for choice in question.choices] == ["24 April 2013", "13 April 2024"]
    days, report = read(tmp_path, "24-04-13", "25-05-03", "25-06-27", date_order="ymd")
    assert (days, report.date_order) == (["2024-04-13", "2025-05-03", "2025-06-27"], "ymd")
    assert report.repairs == {"two_digit_year": 3}


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("dmy", ("01/13/2025", "02/03/2025")),
        ("mdy", ("13/01/2025", "02/03/2025")),
        ("ymd", ("13/01/2025", "02/03/2025")),
    ],
)
def test_an_order_that_the_dates_contradict_is_refused(asked, texts, tmp_path: Path):
    sentence = refusal(empty_store(tmp_path), export(rows(texts)), date_order=asked)
    assert "were to be read" in sentence


def test_a_year_followed_by_the_day_is_refused(tmp_path: Path):
    sentence = refusal(empty_store(tmp_path), export(rows(("2025-13-01", "2025-14-02"))))
    assert "begin with the year and go on with the day" in sentence


def test_the_order_asked_for_holds_for_birth_and_onset_dates_that_are_open(tmp_path: Path):
    born = {"DOB": ("02/01/1980", "02/01/1980"), "Onset date": ("05/12/2024", "01/02/2025")}
    for order, ages, stages in (
        ("dmy", [45, 45], ["chronic", "subacute"]),
        ("mdy", [45, 45], ["chronic", "chronic"]),
    ):
        folder = tmp_path / order
        take(empty_store(folder), export(rows(OPEN, born)), date_order=order)
        assert column(empty_store(folder), "age") == ages
        assert column(empty_store(folder), "chronicity") == stages


@pytest.mark.parametrize("text", ["Wednesday, March 4, 2025", "Mittwoch, 13.05.2025"])
def test_a_weekday_of_another_day_is_quarantined(text: str, tmp_path: Path):
    _, report = read(tmp_path, text, "30.01.2025")
    assert report.reasons == {"weekday_does_not_fit": 1}


@pytest.mark.parametrize("text", ["before 13/01/2025", "approx. 13/01/2025", "not 4 March 2025"])
def test_a_word_that_changes_a_date_leaves_none(text: str, tmp_path: Path):
    _, report = read(tmp_path, text, "30/01/2025")
    assert report.reasons == {"date_not_understood": 1}


def test_one_mistake_among_many_does_not_turn_the_column(tmp_path: Path):
    many = [f"{day}/01/2025" for day in range(13, 32)] + ["14/02/2025"]
    days, report = read(tmp_path, "01/13/2025", *many)
    assert report.date_order == "dmy"
    assert len(days) == 20
    assert report.reasons == {"date_does_not_exist": 1}


def test_a_day_that_is_its_own_month_needs_no_order(tmp_path: Path):
    assert read(tmp_path, "05/05/2025", "06/06/2025")[0] == ["2025-05-05", "2025-06-06"]


@pytest.mark.parametrize(
    "text",
    [
        "Tue 04/03/2025",
        "Tuesday, 04/03/2025",
        "Dienstag, 04.03.2025",
        "mardi 04/03/2025",
        "martes 04/03/2025",
        "dinsdag 04-03-2025",
    ],
)
def test_a_weekday_settles_the_order(text: str, tmp_path: Path):
    days, report = read(tmp_path, text, "05/03/2025")
    assert (days, report.date_order) == (["2025-03-04", "2025-03-05"], "dmy")
    assert any("the weekday's name fits only so" in why for why in map(str, report.steps))


@pytest.mark.parametrize("name", ["DOB", "Onset date", "Entry date"])
@pytest.mark.parametrize(
    ("other", "order"), [("31/12/2019", "dmy"), ("12/31/2019", "mdy"), ("2019-12-31", None)]
)
def test_the_other_date_columns_of_the_file_settle_it_too(name, other, order, tmp_path: Path):
    if order is None:
        content = export(rows(OPEN, {name: (other, other)}))
        assert "cannot be told apart" in refusal(empty_store(tmp_path), content)
        return
    _, report = read(tmp_path, *OPEN, others={name: (other, "")})
    assert report.date_order == order
    assert any("another date column settles it" in why for why in map(str, report.steps))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2025", "date_does_not_exist"),
        ("29/02/2025", "date_does_not_exist"),
        ("00/01/2025", "date_does_not_exist"),
        ("yesterday", "date_not_understood"),
        ("12345", "date_not_understood"),
        ("13/01/2025 25:00", "date_not_understood"),
        ("", "no_date"),
        ("0000-00-00", "no_date"),
        ("31/12/1989", "date_before_1990"),
        ("01/01/2999", "date_in_the_future"),
        ("13/01/1999", None),
        ("29/02/2024", None),
        ("31/12/2025", None),
    ],
)
def test_a_date_that_cannot_be_is_quarantined_under_its_reason(text, reason, tmp_path: Path):
    days, report = read(tmp_path, text, "30/01/2025")
    assert report.reasons == ({reason: 1} if reason else {})
    assert len(days) == (1 if reason else 2)


def test_a_two_digit_year_is_of_this_century_for_a_visit_and_may_be_of_the_last_for_a_birth(
    tmp_path: Path,
):
    store = empty_store(tmp_path)
    report = take(
        store,
        export(rows(("13/01/25", "13/01/24"), {"DOB": ("14/01/69", "13/01/24")})),
    )
    assert report.repairs["two_digit_year"] == 2
    assert column(store, "age") == [55, 0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("14:15", 51_300),
        ("2:15 PM", 51_300),
        ("2:15:00 pm", 51_300),
        ("2:15 p.m.", 51_300),
        ("12:10 AM", 600),
        ("12:30 PM", 45_000),
        ("9.05 Uhr", 32_700),
        ("9h05", 32_700),
        ("9h", 32_400),
        ("2 PM", 50_400),
        ("14:15 - 15:00", 51_300),
        ("14:15-15:00", 51_300),
        ("09:05:07", 32_707),
    ],
)
@pytest.mark.parametrize("beside", [True, False], ids=["beside the date", "with the date"])
def test_a_time_of_day_stands_with_the_date_or_beside_it(text, seconds, beside, tmp_path: Path):
    store = empty_store(tmp_path)
    row = visit(1) | {"Time": text} if beside else visit(1, date=f"2025-01-06 {text}")
    take(store, export([row]))
    assert column(store, "session_time") == [seconds]


@pytest.mark.parametrize(
    ("texts", "seconds"),
    [
        (("0.5", "0.604166666666667"), [43_200, 52_200]),
        (("0,5", "0,375"), [43_200, 32_400]),
        (("0.25", "0.375"), [21_600, 32_400]),
    ],
)
def test_a_time_may_be_a_share_of_the_day(texts, seconds, tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(n) | {"Time": text} for n, text in enumerate(texts)]))
    assert column(store, "session_time") == seconds


@pytest.mark.parametrize("text", ["2:15 - 3:00 PM", "13:00 AM", "14:60", "14:15:75", "7", "noon"])
def test_a_time_that_could_be_two_or_none_is_not_read(text: str, tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {"Time": text}]))
    assert report.reasons == {"time_not_understood": 1}


@pytest.mark.parametrize("clock", ["00:00", "00:00:00", "12:00:00 AM", "T00:00:00Z"])
def test_midnight_throughout_is_no_time_of_day(clock: str, tmp_path: Path):
    store = empty_store(tmp_path)
    joined = clock if clock.startswith("T") else f" {clock}"
    take(store, export([visit(n, date=f"2025-01-0{n}{joined}") for n in (1, 2)]))
    assert column(store, "session_time") == [None, None]
    assert [f"{day:%d}" for day in column(store, "session_date")] == ["01", "02"]


def in_zone(tmp_path: Path, zone: str, *texts: str) -> tuple[list[str], list, Report]:
    """Days and times of stamps in a clinic whose settings name a time zone."""
    store = Store(tmp_path / "store", Settings(time_zone=zone))
    report = take(store, export(rows(texts)))
    days = [f"{day:%Y-%m-%d}" for day in column(store, "session_date")]
    return days, column(store, "session_time"), report


@pytest.mark.parametrize(
    ("zone", "text", "day", "seconds"),
    [
        ("Europe/Berlin", "2025-01-06T23:30:00Z", "2025-01-07", 1_800),
        ("Europe/Berlin", "2025-07-06T23:30:00+00:00", "2025-07-07", 5_400),
        ("Europe/Berlin", "2025-07-06 10:00:00 UTC", "2025-07-06", 43_200),
        ("America/New_York", "2025-01-06T03:15:00.000Z", "2025-01-05", 80_100),
        ("Europe/Berlin", "2025-01-06T10:00:00+01:00", "2025-01-06", 36_000),
        ("Europe/Berlin", "2025-01-06T10:00:00-05:00", "2025-01-06", 57_600),
        ("Europe/Berlin", "2025-01-06 23:30", "2025-01-06", 84_600),
        ("", "2025-01-06T23:30:00Z", "2025-01-06", 84_600),
    ],
)
def test_a_stamp_with_a_zone_is_read_in_the_clinics_own(zone, text, day, seconds, tmp_path: Path):
    days, times, report = in_zone(tmp_path, zone, text)
    assert (days, times) == ([day], [seconds])
    changed = (day, seconds) != (text[:10], _written(text))
    assert report.repairs.get("time_from_utc", 0) == changed
    if text[-1] in "ZC0" and "T" in text:
        assert any("with a zone" in step for step in map(str, report.steps))


def _written(text: str) -> int:
    hour, minute = text[11:13], text[14:16]
    return int(hour) * 3600 + int(minute) * 60


def test_dates_that_a_system_wrote_as_midnight_in_utc_stay_on_their_day(tmp_path: Path):
    stamps = ("2025-01-06T00:00:00Z", "2025-01-07T00:00:00Z")
    days, times, _ = in_zone(tmp_path, "America/New_York", *stamps)
    assert (days, times) == (["2025-01-06", "2025-01-07"], [None, None])


@pytest.mark.parametrize(
    ("texts", "days", "seconds"),
    [
        (("45292", "45777"), ["2024-01-01", "2025-04-30"], [None, None]),
        (("45292.5", "45777"), ["2024-01-01", "2025-04-30"], [43_200, None]),
        (("45292,75", "45292.604166666664"), ["2024-01-01"] * 2, [64_800, 52_200]),
        (("45292.99999999", "45292"), ["2024-01-02", "2024-01-01"], [0, None]),
    ],
)
def test_a_column_of_day_numbers_is_read_as_a_spreadsheet_counts(texts, days, seconds, tmp_path):
    found, report = read(tmp_path, *texts)
    assert found == days
    assert report.repairs["date_from_serial"] == 2
    assert any("as a spreadsheet counts them, from 1900" in str(step) for step in report.steps)
    assert column(empty_store(tmp_path), "session_time") == seconds


@pytest.mark.parametrize("text", ["32873", "99999", "4529", "452921", "45292-5", "45292.5.1"])
def test_a_number_outside_the_days_of_visits_is_no_date(text: str, tmp_path: Path):
    _, report = read(tmp_path, text, "2025-01-30")
    assert report.reasons == {"date_not_understood": 1}


@pytest.mark.parametrize(
    ("stray", "written", "kept"),
    [
        ("45777", ("30/01/2025",), "2025-04-30"),  # a day above 12: no swap can have made it
        ("45731", ("30/01/2025", "05/02/2025"), "2025-03-15"),
        ("45720", ("2025-01-30",), "2025-03-04"),
        ("45720", ("30/01/2025", "05/02/2025"), "2025-03-04"),
        ("45720", ("30/01/2025",), None),  # 4 March, or 3 April swapped on opening
        ("45720", ("01/30/2025", "01/13/2025"), None),
    ],
)
def test_a_stray_day_number_is_read_unless_a_spreadsheet_may_have_swapped_it(
    stray, written, kept, tmp_path: Path
):
    days, report = read(tmp_path, stray, *written)
    if kept is None:
        assert report.reasons == {"day_number_may_be_swapped": 1}
        assert "date_from_serial" not in report.repairs or len(days) == len(written)
    else:
        assert days[0] == kept
        assert report.repairs["date_from_serial"] == 1


def test_an_iso_timestamp_is_read_as_written(tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1, date="2025-01-06T23:30:00Z")]))
    assert [f"{day:%Y-%m-%d}" for day in column(store, "session_date")] == ["2025-01-06"]
    assert column(store, "session_time") == [84_600]


def test_a_time_that_cannot_be_is_quarantined(tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {"Time": "25:00"}]))
    assert report.reasons == {"time_not_understood": 1}


@pytest.mark.parametrize(
    ("birth", "age", "repair"),
    [
        ("2000-01-06", 25, "age_from_birth_date"),
        ("2000-01-07", 24, "age_from_birth_date"),
        ("1935-01-06", 90, "age_from_birth_date"),
        ("1920-01-01", 90, "age_kept_as_90"),
        ("1890-01-01", None, "impossible_birth_date"),
        ("2025-02-01", None, "impossible_birth_date"),
    ],
)
def test_an_age_comes_from_the_birth_date_in_whole_years(birth, age, repair, tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, export([visit(1) | {"Date of birth": birth}]))
    assert column(store, "age") == [age]
    assert report.repairs[repair] == 1
    assert "Date of birth" in report.dropped_columns
    assert report.mapping["Date of birth"] == "age"


@pytest.mark.parametrize(("text", "age"), [("45", 45), ("90", 90), ("91", 90), ("120", 90)])
def test_an_age_of_90_and_over_is_kept_as_90(text: str, age: float, tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1) | {"Age": text}]))
    assert column(store, "age") == [age]


@pytest.mark.parametrize(
    ("onset", "stage"),
    [
        ("2024-12-01", "acute"),
        ("2024-11-25", "subacute"),
        ("2024-10-14", "subacute"),
        ("2024-10-13", "chronic"),
        ("2025-02-01", None),
        ("", None),
    ],
)
def test_an_onset_date_tells_the_stage_where_no_column_does(onset, stage, tmp_path: Path):
    store = empty_store(tmp_path)
    take(store, export([visit(1) | {"Onset date": onset}]))
    assert column(store, "chronicity") == [stage]
