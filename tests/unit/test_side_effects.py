"""Side effects as lists, with their severity beside them, a column each, and as tick boxes."""

from pathlib import Path

import pytest

from pipelines.ingest.questions import Mapping
from pipelines.ingest.report import Report
from tests.support.exports import column, empty_store, export, take, visit


def read(tmp_path: Path, *rows: dict[str, str], **options) -> tuple[list, list, Report]:
    """Side effects and severities of visits whose only words about them are in these columns."""
    plain = [{n: c for n, c in visit(k).items() if n != "Side effects"} for k in range(len(rows))]
    store = empty_store(tmp_path)
    content = export([one | row for one, row in zip(plain, rows, strict=True)])
    report = take(store, content, **options)
    return column(store, "side_effects"), column(store, "side_effect_severity"), report


@pytest.mark.parametrize(
    ("text", "effects", "severity"),
    [
        ("soreness (mild)", "soreness", "mild"),
        ("mild soreness", "soreness", "mild"),
        ("soreness - moderate", "soreness", "moderate"),
        ("soreness: severe", "soreness", "serious"),
        ("soreness (mild); bruising (moderate)", "soreness;bruising", "moderate"),
        ("soreness (very mild), fatigue", "soreness;fatigue", "mild"),
        ("leichter Muskelkater", "soreness", "mild"),
        ("Muskelkater (mittel)", "soreness", "moderate"),
        ("courbatures légères", "soreness", "mild"),
        ("hématome (modéré)", "bruising", "moderate"),
        ("agujetas leves", "soreness", "mild"),
        ("mareo (moderado)", "dizziness", "moderate"),
        ("lichte hoofdpijn", "headache", "mild"),
        ("spierpijn (matig)", "soreness", "moderate"),
        ("soreness", "soreness", None),
        ("none", "", None),
        ("", None, None),
    ],
)
def test_a_severity_beside_an_effect_is_read_with_it(text, effects, severity, tmp_path: Path):
    found, graded, report = read(tmp_path, {"Side effects": text})
    assert (found, graded) == ([effects], [severity])
    assert report.repairs == ({"severity_beside_effect": 1} if severity else {})


def test_a_severity_in_its_own_column_goes_before_one_beside_an_effect(tmp_path: Path):
    rows = ({"Side effects": "soreness (mild)", "Severity": text} for text in ("moderate", ""))
    assert read(tmp_path, *rows)[1] == ["moderate", "mild"]


def test_a_severity_beside_words_that_are_not_known_leaves_them_as_they_are(tmp_path: Path):
    found, graded, report = read(tmp_path, {"Side effects": "sparkles (mild)"})
    assert (found, graded) == (["other"], [None])
    assert report.repairs == {"unknown_side_effect": 1}


@pytest.mark.parametrize(
    ("answers", "effects"),
    [
        (("✓", "✗", ""), ["soreness", "", None]),
        (("✔", "☐", ""), ["soreness", "", None]),
        (("☑", "☐", ""), ["soreness", "", None]),
        (("TRUE", "FALSE", ""), ["soreness", "", None]),
        (("WAHR", "FALSCH", ""), ["soreness", "", None]),
        (("oui", "non", ""), ["soreness", "", None]),
        (("sí", "no", ""), ["soreness", "", None]),
        (("ja", "nee", ""), ["soreness", "", None]),
        (("1.0", "0.0", ""), ["soreness", "", None]),
        (("Checked", "Unchecked", ""), ["soreness", "", None]),
        (("moderate", "no", ""), ["soreness", "", None]),
    ],
)
def test_a_column_for_an_effect_is_answered_in_any_of_these_ways(answers, effects, tmp_path):
    assert read(tmp_path, *({"AE: Soreness": text} for text in answers))[0] == effects


def test_a_severity_in_the_column_of_an_effect_says_yes_and_how_bad(tmp_path: Path):
    rows = ({"AE: Soreness": one, "AE: Bruising": other} for one, other in
            (("mild", "no"), ("no", "severe"), ("yes", "no")))  # fmt: skip
    found, graded, _ = read(tmp_path, *rows)
    assert (found, graded) == (["soreness", "bruising", "soreness"], ["mild", "serious", None])


def test_crosses_without_a_tick_may_be_ticks_and_are_quarantined(tmp_path: Path):
    _, _, report = read(tmp_path, {"AE: Soreness": "✗"}, {"AE: Soreness": ""})
    assert report.reasons == {"answer_not_understood": 1}


BOXES = {
    "by a database": ("Side effects (choice=Soreness)", "Checked", "Unchecked"),
    "by hand": ("AE: Soreness", "x", ""),
}


@pytest.mark.parametrize("kind", BOXES)
def test_what_an_unticked_box_means_is_asked_and_meanwhile_not_recorded(kind, tmp_path: Path):
    header, ticked, not_ticked = BOXES[kind]
    rows = [{header: text} for text in (ticked, not_ticked, not_ticked)]
    found, _, report = read(tmp_path, *rows)
    assert found == ["soreness", None, None]
    (question,) = report.questions
    assert (question.key, question.blocking, question.cells) == ("unticked", False, 2)
    assert [choice.value for choice in question.choices] == ["none", "not_recorded"]


@pytest.mark.parametrize("kind", BOXES)
@pytest.mark.parametrize(("answer", "kept"), [("none", ""), ("not_recorded", None)])
def test_the_answer_about_unticked_boxes_is_respected(kind, answer, kept, tmp_path: Path):
    header, ticked, not_ticked = BOXES[kind]
    rows = [{header: text} for text in (ticked, not_ticked, not_ticked)]
    found, _, report = read(tmp_path, *rows, mapping=Mapping(unticked=answer))
    assert found == ["soreness", kept, kept]
    assert report.questions == ()


def test_a_box_for_none_leaves_nothing_to_ask(tmp_path: Path):
    rows = [
        {"AE: Soreness": one, "AE: None": none} for one, none in (("x", ""), ("", "x"), ("", ""))
    ]
    found, _, report = read(tmp_path, *rows)
    assert (found, report.questions) == (["soreness", "", None], ())


def test_a_no_anywhere_shows_that_a_blank_is_not_a_no(tmp_path: Path):
    rows = [{"AE: Soreness": one} for one in ("yes", "no", "")]
    found, _, report = read(tmp_path, *rows)
    assert (found, report.questions) == (["soreness", "", None], ())
