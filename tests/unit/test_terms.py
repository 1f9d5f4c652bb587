"""Words of an export as terms: conditions, techniques, side effects, stages, answers."""

from pathlib import Path

import pytest

from pipelines.ingest.report import Report
from tests.support.exports import column, content, empty_store, export, take, visit


def read(tmp_path: Path, header: str, texts, name: str, **more: str) -> tuple[dict, Report]:
    """What each text of one column becomes, and the report; a quarantined one is left out."""
    rows = [visit(n) | {header: text} | more for n, text in enumerate(texts)]
    store = empty_store(tmp_path)
    report = take(store, export(rows))
    held = content(store)[name]
    return {text: held[f"/V{n}"] for n, text in enumerate(texts) if f"/V{n}" in held}, report


COLUMNS = {
    "condition": (
        "Condition",
        {
            "Neck pain": "Neck pain",
            "NECK  PAIN": "Neck pain",
            "left shoulder pain": "Shoulder pain",
            "M54.50": "Low back pain",
            "m5450": "Low back pain",
            "ICD10:M54.2": "Neck pain",
            "Z99.9; M54.2": "Neck pain",
            "": "unspecified",
            "unknown": "unspecified",
            "Sore elbow of sorts": "unmapped",
        },
    ),
    "technique": (
        "Technique",
        {
            "DN + e-stim": "electrical",
            "Deep DN": "deep",
            "SDN": "superficial",
            "none": "none",
            "no": "none",
            "dry needling": None,
            "": None,
            "unknown": None,
            "magic": None,
        },
    ),
    "side_effects": (
        "Side effects",
        {
            "none": "",
            "no": "",
            "0": "",
            "nil": "",
            "None of these": "",
            "N": "",
            "": None,
            "n/a": None,
            "; ": None,
            "Bruising, Soreness": "soreness;bruising",
            "soreness/bruising": "soreness;bruising",
            "soreness | fatigue": "soreness;fatigue",
            "soreness\nbleeding": "soreness;bleeding",
            "sparkles": "other",
            "soreness; sparkles": "soreness;other",
            "Pneumothorax": "pneumothorax",
        },
    ),
    "chronicity": (
        "Duration",
        {
            "acute": "acute",
            "Sub-acute": "subacute",
            "chronic": "chronic",
            "3 weeks": "acute",
            "41 days": "acute",
            "6 weeks": "subacute",
            "12 weeks": "subacute",
            "13 weeks": "chronic",
            "6 months": "chronic",
            "> 2 years": "chronic",
            "< 6 weeks": "acute",
            "> 12 weeks": "chronic",
            "more than 3 months": "chronic",
            "6-12 weeks": "subacute",
            "12+ weeks": "chronic",
            "> 6 weeks": None,
            "less than 3 months": None,
            "": None,
            "ages": None,
        },
    ),
    "twitch_response": (
        "LTR",
        {
            "Y": True,
            "yes": True,
            "x": True,
            "N": False,
            "no": False,
            "0": False,
            "": None,
            "unknown": None,
            "NA": None,
        },
    ),
    "adjuncts": (
        "Adjuncts",
        {"massage, Exercise": "exercise;massage", "none": "", "": None, "magic": None},
    ),
    "contraindications": (
        "Contraindications",
        {"pregnancy": "pregnancy", "none": "", "": None, "dragons": None},
    ),
    "muscles": (
        "Muscles",
        {"Upper trapezius; Levator": "levator;upper trapezius", "": None, "call 555-1234": None},
    ),
    "side": ("Side", {"L": "left", "Right": "right", "both": "both", "": None, "upper": None}),
    "sex": ("Sex", {"F": "female", "male": "male", "": None, "unknown": None}),
    "body_region": ("Body region", {"Neck": "neck", "": None, "everywhere at once": None}),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_each_word_of_a_column(name: str, tmp_path: Path):
    header, expected = COLUMNS[name]
    blank = {"Condition": ""} if name == "body_region" else {}
    found, report = read(tmp_path, header, expected, name, **blank)
    assert found == expected
    assert report.quarantined == 0


@pytest.mark.parametrize(
    ("header", "text", "rule"),
    [
        ("Condition", "Sore elbow of sorts", "unmapped_condition"),
        ("Technique", "magic", "unknown_technique"),
        ("Side effects", "sparkles", "unknown_side_effect"),
        ("Chronicity", "ages", "unknown_chronicity"),
        ("Adjuncts", "magic", "unknown_adjunct"),
        ("Contraindications", "dragons", "unknown_contraindication"),
        ("Muscles", "call 555", "unknown_muscle"),
        ("Side", "upper", "unknown_side"),
        ("Sex", "7", "unknown_sex"),
        ("Body region", "everywhere at once", "unknown_body_region"),
        ("Instrument", "HOME MADE", "unknown_instrument"),
    ],
)
def test_a_word_that_is_not_known_is_counted_under_its_rule(header, text, rule, tmp_path: Path):
    report = take(
        empty_store(tmp_path),
        export(
            [visit(1) | {header: text}],
        ),
        dry_run=True,
    )
    assert report.repairs == {rule: 1}


@pytest.mark.parametrize(
    ("header", "text", "reason"),
    [
        ("LTR", "perhaps", "answer_not_understood"),
        ("AE: Soreness", "perhaps", "answer_not_understood"),
        ("Side effects", "none, soreness", "none_beside_an_effect"),
        ("Severity", "terrible", "severity_not_understood"),
    ],
)
def test_a_word_that_could_mean_harm_or_none_is_quarantined(header, text, reason, tmp_path: Path):
    report = take(empty_store(tmp_path), export([visit(1) | {header: text}]), dry_run=True)
    assert report.reasons == {reason: 1}


def effects(tmp_path: Path, *rows: dict[str, str]) -> tuple[list, Report]:
    """The side effects of visits whose only words about them are in these columns."""
    plain = [{n: c for n, c in visit(k).items() if n != "Side effects"} for k in range(len(rows))]
    store = empty_store(tmp_path)
    report = take(store, export([one | row for one, row in zip(plain, rows, strict=True)]))
    return column(store, "side_effects"), report


def test_a_column_for_each_effect_is_recorded_where_any_answers(tmp_path: Path):
    answers = [
        ("yes", "no"),
        ("x", ""),
        ("1", "0"),
        ("Checked", "Unchecked"),
        ("no", "no"),
        ("", "no"),
        ("", ""),
    ]
    rows = [{"AE: Soreness": one, "AE: Bruising": other} for one, other in answers]
    found, _ = effects(tmp_path, *rows)
    assert found == ["soreness", "soreness", "soreness", "soreness", "", "", None]


def test_boxes_with_one_for_none_say_nothing_where_nothing_is_ticked(tmp_path: Path):
    ticks = [
        ("Checked", "Unchecked"),
        ("Unchecked", "Checked"),
        ("Unchecked", "Unchecked"),
        ("Checked", "Checked"),
    ]
    rows = [
        {"Side effects (choice=Soreness)": one, "Side effects (choice=None of these)": none}
        for one, none in ticks
    ]
    found, report = effects(tmp_path, *rows)
    assert found == ["soreness", "", None]
    assert report.reasons == {"none_beside_an_effect": 1}


def test_boxes_without_one_for_none_leave_no_effect_unknown_and_say_so(tmp_path: Path):
    rows = [{"Side effects (choice=Soreness)": tick} for tick in ("Checked", "Unchecked")]
    found, report = effects(tmp_path, *rows)
    assert found == ["soreness", None]
    assert any(
        "a visit with nothing ticked counts as not recorded" in why
        for why in map(str, report.steps)
    )


def test_a_file_without_a_word_about_side_effects_records_none(tmp_path: Path):
    found, _ = effects(tmp_path, {}, {})
    assert found == [None, None]


def test_a_severity_without_an_effect_is_another_effect(tmp_path: Path):
    rows = [
        {"Side effects": "", "Severity": "mild"},
        {"Side effects": "soreness", "Severity": "serious"},
        {"Side effects": "", "Severity": "none"},
        {"Side effects": "", "Severity": ""},
    ]
    found, _ = effects(tmp_path, *rows)
    assert found == ["other", "soreness", None, None]


def test_needling_codes_tell_what_the_technique_column_does_not(tmp_path: Path):
    texts = ["20560", "20560, 97014", "97140", "99999", ""]
    found, _ = read(tmp_path / "1", "CPT", texts, "technique", Technique="")
    assert found == {
        "20560": None,
        "20560, 97014": "electrical",
        "97140": None,
        "99999": None,
        "": None,
    }
    found, _ = read(tmp_path / "2", "CPT", ["20560, 97014"], "technique", Technique="deep")
    assert found == {"20560, 97014": "deep"}
    found, _ = read(tmp_path / "3", "CPT", ["97110", "97140", ""], "adjuncts")
    assert found == {"97110": "exercise", "97140": "mobilization", "": None}


def test_a_superficial_needle_deeper_than_10_mm_is_kept_and_flagged(tmp_path: Path):
    depths = {"10": None, "10.5": "superficial_but_deeper", "": None}
    found, report = read(tmp_path, "Depth mm", depths, "flags", Technique="superficial")
    assert (found, report.quarantined) == (depths, 0)


def test_the_unmapped_term_is_kept_for_the_work_list_unless_it_is_longer_than_a_term(tmp_path):
    long = "a story that goes on and on about what happened one day in the garden last spring"
    found, _ = read(
        tmp_path, "Condition", ["Sore elbow of sorts", long, "Neck pain"], "condition_term"
    )
    assert found == {"Sore elbow of sorts": "Sore elbow of sorts", long: None, "Neck pain": None}


@pytest.mark.parametrize(
    "text",
    ["ann@example.org", "call 555 0173 99", "(555) 017-399", "born 29.03.1971", "1971-03-29"],
)
def test_what_looks_like_a_person_is_no_term(text: str, tmp_path: Path):
    texts = [text, "Neck pain", "Low back pain"]
    found, report = read(tmp_path, "Condition", texts, "condition_term")
    assert found == dict.fromkeys(texts)
    assert report.repairs == {"unmapped_condition": 1}


def test_a_duration_takes_its_unit_from_the_header(tmp_path: Path):
    found, _ = read(tmp_path, "Weeks since onset", ["5", "6", "13"], "chronicity")
    assert found == {"5": "acute", "6": "subacute", "13": "chronic"}


def test_a_line_break_parts_the_terms_of_a_list_and_is_a_space_elsewhere(tmp_path: Path):
    row = visit(
        1, side_effects="soreness\r\nbleeding", date="2025-01-06\n14:15", pain_before="7\n/ 10"
    )
    store = empty_store(tmp_path)
    take(store, export([row | {"Condition": "Neck\npain", "Therapist": "Ada\nLang"}]))
    found = content(store).loc["/V1"]
    assert (found["side_effects"], found["session_time"]) == ("soreness;bleeding", 51_300)
    assert (found["pain_before"], found["condition"], found["therapist"]) == (
        7,
        "Neck pain",
        "Ada Lang",
    )
