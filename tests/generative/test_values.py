"""Known dates and numbers in notations at random: read as they are, asked or left out; never
another value.
"""

from datetime import date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import FileRefused
from pipelines.ingest.cells import Cells
from pipelines.ingest.dates import FINE, How, read_clock, read_dates
from pipelines.ingest.dates.calendar import DAY_ZERO
from pipelines.ingest.durations import chronicity, stage
from pipelines.ingest.pain import on_ten, read_pain, read_score
from pipelines.ingest.pain_scale import PainColumn, scale_of
from pipelines.vocabulary import load_vocabulary
from tests.support.examples import examples

TODAY = date(2026, 6, 30)
DAYS = st.dates(date(2022, 1, 1), TODAY)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
ORDERED = ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%y", "%m/%d/%y", "%y-%m-%d", "%d%m%Y")
CLEAR = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "serial", "day month", "month day", "weekday")
LANGUAGE = st.sampled_from(sorted(MONTHS))


def written(day: date, form: str, language: str) -> str:
    """A day in one of the ways in which people and systems write it."""
    month = MONTHS[language].split()[day.month - 1]
    weekday = WEEKDAYS[language].split()[day.weekday()]
    if form == "serial":
        return str((np.datetime64(day) - DAY_ZERO).astype(int))
    if form == "day month":
        special = {
            "de": f"{day.day}. {month} {day.year}",
            "es": f"{day.day} de {month} de {day:%Y}",
        }
        return special.get(language, f"{day.day} {month} {day.year}")
    if form == "month day":
        return f"{month[:3]} {day.day}, {day.year}" if language == "en" else f"{day:%Y-%m-%d}"
    if form == "weekday":
        return f"{weekday}, {day.day} {month} {day.year}"
    return day.strftime(form)


def days_read(texts: list[str]) -> list[date | None] | None:
    """The days of a column, None for what is left out; None where it is asked or refused."""
    counts = np.ones(len(texts), dtype=int)
    try:
        found, _ = read_dates(list(texts), counts, How(header="Date", today=TODAY))
    except FileRefused:
        return None
    kept = zip(found.day, found.fault, strict=True)
    return [day.astype(object) if fault == FINE else None for day, fault in kept]


@given(st.lists(DAYS, min_size=1, max_size=12), st.sampled_from(CLEAR), LANGUAGE)
@examples(150)
def test_a_form_that_has_one_reading_is_read(days, form, language):
    assert days_read([written(day, form, language) for day in days]) == days


@given(st.lists(DAYS, min_size=1, max_size=12), st.sampled_from(ORDERED))
@examples(200)
def test_an_order_that_stays_open_is_asked_and_never_guessed(days, form):
    found = days_read([day.strftime(form) for day in days])
    if form != "%y-%m-%d":
        assert found is None or found == days
    else:  # a day-first column of two-digit years can look the same: see the next test
        assert found is None or len(found) == len(days)


@given(st.lists(DAYS, min_size=12, max_size=30, unique=True))
@examples(100)
def test_two_digit_years_in_front_are_asked_once_the_days_spread(days):
    found = days_read([f"{day:%y-%m-%d}" for day in days])
    assert found is None or found == days


@given(st.lists(st.tuples(DAYS, st.sampled_from([*CLEAR, "%d/%m/%Y"]), LANGUAGE), min_size=1))
@examples(150)
def test_forms_side_by_side_are_each_read_for_itself(written_days):
    found = days_read([written(*one) for one in written_days])
    if found is not None:
        for (day, _, _), read in zip(written_days, found, strict=True):
            assert read in (day, None)


@given(st.lists(DAYS, min_size=2, max_size=12))
@examples(100)
def test_a_day_first_file_opened_where_the_month_comes_first_is_never_read_swapped(days):
    """A spreadsheet turns into numbers, swapped, what it can, and leaves the rest as text."""
    texts = []
    for day in days:
        swaps = day.day <= 12
        seen = date(day.year, day.day, day.month) if swaps else day
        texts.append(written(seen, "serial", "en") if swaps else f"{day:%d/%m/%Y}")
    if any("/" in text for text in texts):
        found = days_read(texts) or [None] * len(days)
        assert all(read in (day, None) for day, read in zip(days, found, strict=True))


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1)), st.sampled_from(
    ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%H.%M Uhr", "%Hh%M", "T%H:%M:%SZ"]
))  # fmt: skip
@examples(100)
def test_a_time_of_day_is_read_in_every_notation(moment, form):
    seconds, readable = read_clock([moment.strftime(form)])
    exact = timedelta(hours=moment.hour, minutes=moment.minute).total_seconds()
    assert readable[0]
    assert seconds[0] - exact == (moment.second if "%S" in form else 0)


SCORE = st.integers(0, 20).map(lambda halves: halves / 2)
NOTATIONS = (
    "{:g}", "{:.1f}", "{:.2f}", "{:g}/10", "{:g} / 10", "{:g} out of 10", "{:g} von 10",
    "{:g} op 10", "{:g} sur 10", "{:g} de 10", "{:g} - words", "NRS {:g}", "Pain: {:g}",
    " {:g}", "{:g} (worst)",
)  # fmt: skip


@given(SCORE, st.sampled_from(NOTATIONS), st.sampled_from(".,"))
@examples(200)
def test_a_score_is_the_same_in_every_notation(score, notation, sign):
    text = notation.format(score).replace(".", sign).strip()
    assert read_pain(text, hundred=False).value == score


@given(st.text("0123456789.,/-–→> ½+abcmoxn%()", min_size=1, max_size=8))
@examples(300)
def test_a_text_is_one_score_or_has_a_reason(text):
    for hundred in (False, True):
        found = read_pain(text, hundred)
        assert (found.value is None) == (found.problem is not None)


def pain_column(name: str, scores: list[int]) -> PainColumn:
    words = [str(score) for score in scores]
    cells = Cells(0, words, np.arange(len(words)))
    return PainColumn(name, name, cells, [read_score(word) for word in words], cells.counts())


def scale_or_question(columns: list[PainColumn]) -> object:
    """The scale that is found, or the key of what is asked."""
    try:
        return scale_of(columns)[0]
    except FileRefused as refused:
        return refused.questions[0].key


@given(
    st.lists(st.integers(0, 100), min_size=20, max_size=60),
    st.lists(st.integers(0, 10), min_size=20, max_size=60),
)
@examples(100)
def test_columns_on_two_scales_are_each_read_so_or_asked(hundreds, tens):
    columns = [pain_column("pain_before", hundreds), pain_column("pain_after", tens)]
    scale = scale_or_question(columns)
    if (
        scale != "pain_scale"
        and sum(score > 20 for score in hundreds) >= len(hundreds) / 2
        and max(tens) >= 3
    ):
        assert scale == "pain_before"
        assert on_ten(columns[1].scores[0], hundred=False).value == tens[0]


@given(st.integers(1, 400), st.sampled_from(["days", "Tage", "jours", "días", "dagen"]))
@examples(60)
def test_a_duration_in_days_is_the_stage_of_its_weeks(days, unit):
    read = chronicity(load_vocabulary(), "Duration")
    assert read(f"{days} {unit}").value == stage(days / 7)
