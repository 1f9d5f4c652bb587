"""Published figures, thresholds and claims are all there, cited, and safely worded."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines import tables
from pipelines.errors import OutcomesError
from pipelines.evidence import NEEDED, PLACEHOLDERS, load_evidence, names_in
from pipelines.places import EVIDENCE
from pipelines.settings import Settings
from pipelines.vocabulary import load_vocabulary

evidence = load_evidence()


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("brady-2014", "Brady et al., J Man Manip Ther 2014;22:134-140"),
        ("boyce-2020", "Boyce et al., Int J Sports Phys Ther 2020;15:103-113"),
        ("witt-2009", "Witt et al., 2009"),
        ("dworkin-2008", "Dworkin et al. (IMMPACT), J Pain 2008"),
        ("farrar-2001", "Farrar et al., Pain 2001"),
        ("salaffi-2004", "Salaffi et al., Eur J Pain 2004"),
        ("childs-2005", "Childs et al., Spine 2005"),
        (
            "ftc-endorsements",
            "US Federal Trade Commission, Guides on endorsements and testimonials, 16 CFR 255.2",
        ),
    ],
)
def test_a_citation_in_one_line(name, cited):
    assert str(evidence.citations[name]) == cited


def test_every_citation_is_used():
    shown = (evidence.rates, evidence.thresholds, evidence.findings, evidence.publishing)
    used = {each.source for group in shown for each in group.values() if each.source}
    assert used == set(evidence.citations)


@pytest.mark.parametrize(
    ("effect", "brady", "boyce"),
    [
        ("bruising", 7.55, 7.7),
        ("bleeding", 4.65, 16.0),
        ("pain_during", 3.01, 5.9),
        ("pain_after", 2.19, None),
        ("aggravation", 0.88, None),
        ("fatigue", 0.26, None),
        ("headache", 0.14, None),
        ("nausea", 0.13, None),
    ],
)
def test_published_rates_by_type(effect, brady, boyce):
    found = {rate.source: rate for rate in evidence.rates_of(effect)}
    assert (found["brady-2014"].rate, found["brady-2014"].n) == (brady, 7629)
    if boyce is None:
        assert "boyce-2020" not in found
    else:
        assert (found["boyce-2020"].rate, found["boyce-2020"].n) == (boyce, 20464)
    assert {rate.per for rate in found.values()} == {100}


def test_published_rates_of_any_and_of_serious_events():
    rates = evidence.rates
    brady, boyce = rates["brady_any"], rates["boyce_any"]
    assert (brady.rate, brady.count, brady.n, brady.clinicians) == (19.18, 1463, 7629, 39)
    assert brady.rate == pytest.approx(100 * brady.count / brady.n, abs=0.005)
    assert (boyce.rate, boyce.n, boyce.clinicians) == (36.7, 20464, 420)
    assert "20,464 and 20,494" in boyce.note
    assert (rates["brady_serious"].count, rates["brady_serious"].at_most) == (0, 0.04)
    serious = rates["boyce_serious"]
    assert (serious.count, serious.at_most, serious.one_in) == (20, 0.1, 1024)
    assert rates["witt_any"].rate == 8.6
    assert (rates["witt_pneumothorax"].count, rates["witt_pneumothorax"].n) == (2, 229230)


def test_how_it_was_asked_stands_with_every_rate():
    told, asked = evidence.rates_of("soreness")
    assert (told.rate, asked.low, asked.high) == (2.0, 29.0, 91.0)
    for rate in evidence.rates.values():
        assert rate.how_asked
        assert rate.definition
        assert evidence.citation(rate)
    for name in ("brady_any", "boyce_any"):
        assert evidence.rates[name].measure == "events"
        assert "counts twice" in evidence.rates[name].definition


@pytest.mark.parametrize(
    ("name", "points", "percent"),
    [
        ("immpact_minimally", None, (10, 20)),
        ("immpact_moderately", None, (30, None)),
        ("immpact_substantially", None, (50, None)),
        ("farrar_much_improved", (2, None), (30, None)),
        ("salaffi_slightly", (1, None), (15, None)),
        ("salaffi_much", (2, None), (33, None)),
        ("childs_low_back", (2, None), None),
        ("cleland_neck", (1.3, None), None),
        ("mintken_shoulder", (1.1, None), None),
        ("michener_shoulder", (2.2, None), None),
        ("abbott_small", (1.5, None), None),
        ("abbott_large", (3.5, None), None),
        ("baseline_low", (1, None), None),
        ("baseline_middle", (2, None), None),
        ("baseline_high", (3, 4), None),
        ("psfs", (2, None), None),
        ("ndi_points", (7, None), None),
        ("odi", (10, None), (30, None)),
        ("quickdash", (8, None), None),
        ("lefs", (9, None), None),
    ],
)
def test_thresholds(name, points, percent):
    found = evidence.thresholds[name]
    assert (found.points, found.points_high) == (points or (None, None))
    assert (found.percent, found.percent_high) == (percent or (None, None))


def test_thresholds_name_whom_they_are_about():
    found = evidence.thresholds
    assert (found["abbott_small"].n, found["abbott_large"].n) == (1708, 1708)
    bands = [(f.baseline_low, f.baseline_high) for f in found.values() if f.baseline_low]
    assert bands == [(1, 4), (5, 7), (8, 10)]
    assert found["ndi_percent"].percent_of_scale == 19
    conditions = {each.condition for each in found.values() if each.condition}
    assert conditions == {"Low back pain", "Neck pain", "Shoulder pain"}
    assert conditions <= set(load_vocabulary().conditions.names)
    instruments = {each.instrument for each in found.values() if each.instrument}
    assert instruments == set(tables.INSTRUMENTS)
    for each in found.values():
        assert each.source or each.note


@pytest.mark.parametrize(
    ("name", "estimate", "low", "high"),
    [
        ("deep_against_superficial", 0.585, 0.335, 0.835),
        ("twitch_at_once", -2.03, None, None),
        ("twitch_later", -0.20, -1.46, 1.06),
        ("usual_sessions", 82, None, None),
        ("visits_per_episode", 6.4, None, None),
        ("single_visits", 14, None, None),
        ("variation_between_therapists", 11.6, None, None),
    ],
)
def test_findings_of_others(name, estimate, low, high):
    found = evidence.findings[name]
    assert (found.estimate, found.low, found.high) == (estimate, low, high)
    assert found.unit


def test_findings_stand_beside_their_claims():
    for claim in (3, 5, 6, 8, 9, 15):
        assert evidence.findings_on(claim)
    (frequency,) = evidence.findings_on(9)
    assert frequency.source is None
    assert "No study" in frequency.result
    assert "6 to 12 months" in evidence.findings["needling_against_sham_or_none"].result
    assert "may not matter" in evidence.findings["deep_against_superficial"].result


def test_boundaries_are_where_the_settings_start():
    found = {b.setting: b.value for b in evidence.boundaries.values()}
    assert found == {"low_frequency_hz": 10, "high_frequency_hz": 50, "superficial_mm": 10}
    for setting, value in found.items():
        assert getattr(Settings(), setting) == value
    assert "no study" in evidence.boundaries["low_frequency"].note
    assert evidence.publishing["cell_size"].minimum == Settings().cell_size == 11


def test_there_are_seventeen_claims_each_with_its_rule():
    assert sorted(evidence.claims) == list(range(1, 18))
    given = [number for number, claim in evidence.claims.items() if claim.rule_given]
    assert given == [1, 2, 3, 12]
    assert len({claim.measure for claim in evidence.claims.values()}) == 17
    assert evidence.claims[3].supported.startswith("At least 10%")
    assert "under 1 per 1,000" in evidence.claims[12].supported


def test_the_conditions_of_the_page_are_in_the_vocabulary():
    assert set(evidence.claims[14].groups) <= set(load_vocabulary().conditions.names)
    assert set(evidence.claims[13].groups) <= set(tables.CHRONICITIES)


INTERVALS = ({"low", "high"}, {"by_session"})


@pytest.mark.parametrize("otherwise", [False, True])
@pytest.mark.parametrize("number", range(1, 18))
def test_a_publishable_sentence_names_what_it_must_and_claims_no_cause(number, otherwise):
    claim, sentence = evidence.claims[number], evidence.sentence(number, otherwise)
    named = names_in(sentence)
    assert set(NEEDED) <= named <= set(PLACEHOLDERS)
    assert any(needed <= named for needed in INTERVALS)
    assert "95% CI" in sentence or "by_session" in named
    assert "Counts are rounded to 5." in sentence
    assert "  " not in sentence
    said = f" {sentence} {claim.gist} ".casefold()
    for word in evidence.publishing["wording"].forbidden:
        assert not re.search(rf"\b{re.escape(word)}\b", said)
    for word in ("reduces", "because", "thanks to", "effective for"):
        assert word not in sentence.casefold()


def test_a_sentence_can_be_filled_in():
    filled = evidence.sentence(1).format(
        of=340, period="January-December 2025", n=240, percent=71, low=66, high=75, known="90%"
    )
    assert filled == (
        "Among 340 treatment sessions in January-December 2025 with pain scored before and after, "
        "240 (71%, 95% CI 66-75%) ended with at least 1 point of 10 less pain than they began; "
        "both scores were recorded at 90% of the sessions. "
        "Counts are rounded to 5. No comparison group; pain often improves without treatment."
    )


def test_a_drop_within_a_session_is_never_called_important():
    assert "No published threshold" in evidence.cautions["within_session"].text
    assert "important" not in evidence.sentence(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the evidence in which a typing error can be made."""
    copy = tmp_path / "evidence"
    shutil.copytree(EVIDENCE, copy)
    return copy


SPOILED = {
    "unknown key": ("thresholds.toml", "points = 1.3", "point = 1.3", "'point' is not known here"),
    "number as a text": (
        "side_effect_rates.toml", "rate = 19.18", 'rate = "19.18"', "rate must be a number.",
    ),
    "half a patient": ("thresholds.toml", "n = 1708", "n = 1708.5", "n must be a whole number."),
    "unknown source": (
        "thresholds.toml", 'source = "childs-2005"', 'source = "childs-2050"',
        "source 'childs-2050' is not known; allowed: brady-2014,",
    ),
    "unknown effect": (
        "side_effect_rates.toml", 'effect = "bruising"', 'effect = "bruise"',
        "effect 'bruise' is not known; allowed: soreness, bruising,",
    ),
    "unknown measure": (
        "thresholds.toml", 'measure = "function"', 'measure = "funktion"',
        "measure 'funktion' is not known; allowed: pain, function.",
    ),
    "unknown claim": (
        "findings.toml", "claims = [8]", "claims = [18]", "claims 18 is not known; allowed: 1, 2,",
    ),
    "claim as a text": (
        "findings.toml", "claims = [8]", 'claims = ["8"]', "claims must be a list of whole numbers",
    ),
    "unknown setting": (
        "boundaries.toml", 'setting = "superficial_mm"', 'setting = "superficial"',
        "setting 'superficial' is not known; allowed: low_frequency_hz,",
    ),
    "unknown rate": (
        "claims.toml", '"brady_pain_during"', '"brady_pain"', "rates 'brady_pain' is not known",
    ),
    "claim twice": ("claims.toml", "number = 17", "number = 1", "the number 1 stands here twice."),
    "name twice": (
        "cautions.toml", '"how_asked"', '"own_data"', "the name 'own_data' stands here twice.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("error", SPOILED)
def test_a_typing_error_is_told_with_file_line_and_what_is_allowed(folder, error):
    name, right, wrong, told = SPOILED[error]
    before, after = (folder / name).read_text(encoding="utf-8").split(right, 1)
    (folder / name).write_text(before + wrong + after, encoding="utf-8")
    line = before.count("\n") + 1
    if error == "name twice":
        line = _line(folder / name, '"own_data"', last=True)
    with pytest.raises(OutcomesError, match=re.escape(f"{name}, line {line}: {told}")):
        load_evidence(folder)


def _line(path: Path, text: str, last: bool = False) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if text in line]
    return found[-1 if last else 0]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("{known} of", "{knowns} of", "sentence has {knowns}"),
        ("in {period} with pain", "with pain", "sentence lacks {period}"),
        ("{n} ({percent}%", "{n ({percent}%", "sentence has a brace that is not closed"),
    ],
)  # fmt: skip
def test_a_sentence_that_could_not_be_filled_in_is_told(folder, right, wrong, told):
    path = folder / "claims.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    line = _line(path, 'sentence = """')
    with pytest.raises(OutcomesError, match=re.escape(f"claims.toml, line {line}: {told}")):
        load_evidence(folder)


def test_a_claim_left_out_is_missed(folder):
    path = folder / "claims.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("[[claim]]")], encoding="utf-8")
    with pytest.raises(OutcomesError, match=r"claims.toml lacks claim 17; there are 17"):
        load_evidence(folder)
