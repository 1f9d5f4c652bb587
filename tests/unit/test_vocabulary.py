"""What words and codes of an export mean, and how a typing error in their files is reported."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines import tables
from pipelines.errors import OutcomesError
from pipelines.places import VOCABULARY
from pipelines.terms import Terms, keys
from pipelines.vocabulary import NAMES, Coded, Procedures, load_vocabulary, normalised

vocabulary = load_vocabulary()
LISTS = {name: value for name, value in vars(vocabulary).items() if isinstance(value, Terms)}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Runner\u2019s   Knee ", "runners knee"),
        ("runner's-knee", "runners knee"),
        ("runner\u00b4s knee", "runners knee"),
        ("JOS\u00c9 N\u00da\u00d1EZ", "jose nunez"),
        ("pain_during", "pain during"),
        ("Sprains & strains", "sprains and strains"),
        ("\u201cneck\u201d \u2014 pain\u00a0(left)\u200b", "neck pain left"),
        ("Stra\u00dfe", "strasse"),
        ("> 12 weeks", "12 weeks"),
        ("\u2713", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(text, plain):
    assert normalised(text) == plain
    assert normalised(plain) == plain


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_closed_list_has_the_names_that_the_program_knows_in_their_order(name):
    assert LISTS[name].names == NAMES[name]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_word_of_a_list_has_one_meaning(name):
    owner = {}
    for term in LISTS[name]:
        for key, word in keys(term).items():
            assert owner.setdefault(key, term.name) == term.name
            assert LISTS[name].find(word) == LISTS[name].find(f"  {word} ") == term.name


@pytest.mark.parametrize("name", sorted(LISTS))
def test_an_unknown_word_is_unknown_and_every_term_has_words_for_people(name):
    assert LISTS[name].find("zebra crossing") is None
    assert LISTS[name].find("") is None
    for term in LISTS[name]:
        assert LISTS[name].label(term.name) == term.label
        assert term.label[0].isupper() or term.label == "QuickDASH"
        assert "_" not in term.label


def test_labels_for_people():
    assert vocabulary.techniques.label("superficial") == "Superficial needling"
    assert vocabulary.conditions.label("IT band syndrome") == "Iliotibial band syndrome"
    assert vocabulary.side_effects.label("pain_during") == "Pain during needling"
    assert vocabulary.adjuncts.label("physical_therapy") == "Physical therapy"


def test_the_nearest_word_is_named_for_an_error_message():
    assert vocabulary.conditions.nearest("Whiplsh") == "Whiplash"
    assert vocabulary.techniques.nearest("superficail") == "superficial"
    assert vocabulary.conditions.nearest("qqqqqqqq") is None


def test_a_term_knows_what_is_true_of_it():
    serious = tuple(term.name for term in vocabulary.side_effects if term.serious)
    assert serious == tables.SERIOUS_SIDE_EFFECTS
    assert vocabulary.statuses["attended"].skipped_as is None
    assert vocabulary.statuses["no_show"].skipped_as == "no_show"
    assert vocabulary.conditions["TMJ pain"].region == "jaw"
    assert vocabulary.conditions["Neck pain"].icd10 == ("M54.2", "M54.12", "S16.1")


EXAMPLES = {
    "conditions": (
        "Low back pain;Runner's knee;Shoulder pain;Tension-type headache;TMJ pain;Whiplash;"
        "IT band syndrome;Myofascial pain syndrome;Tendinitis;Neck pain;Headache"
    ),
    "techniques": (
        "deep;superficial;electrical;none;Deep DN=deep;Superficial DN=superficial;"
        "DN + e-stim=electrical"
    ),
    "visit_types": (
        "treatment;follow_up;evaluation;discharge;Treatment=treatment;Follow-up call=follow_up"
    ),
    "statuses": "Arrived=attended;Cancelled=cancelled;No Show=no_show",
    "chronicities": "acute;subacute;chronic;Acute=acute;Subacute=subacute;Chronic=chronic",
    "side_effects": "soreness;bruising;fatigue;bleeding;pneumothorax;Soreness=soreness",
    "answers": "yes;no;Y=yes;N=no;Yes=yes;No=no",
    "nothing": "none=nothing",
}


@pytest.mark.parametrize(
    ("name", "text", "meaning"),
    [
        (name, pair.split("=")[0], pair.split("=")[-1])
        for name, pairs in EXAMPLES.items()
        for pair in pairs.split(";")
    ],
)
def test_every_term_of_the_example_exports_is_known(name, text, meaning):
    assert LISTS[name].find(text) == meaning


CLAIMED = """
    myofascial pain -> Myofascial pain syndrome
    trigger-point neck pain -> Neck pain
    trigger-point shoulder pain -> Shoulder pain
    trigger-point back pain -> Back pain
    trigger-point TMJ pain -> TMJ pain
    tendinitis -> Tendinitis
    sprains -> Sprain
    strains -> Strain
    iliotibial band syndrome -> IT band syndrome
    runner's knee -> Runner's knee
    headaches -> Headache
    whiplash -> Whiplash
    low back pain -> Low back pain
    sports injuries -> Sports injury
    LBP -> Low back pain
    MPS -> Myofascial pain syndrome
    TTH -> Tension-type headache
    CGH -> Cervicogenic headache
    ITBS -> IT band syndrome
    PFPS -> Runner's knee
    WAD -> Whiplash
    TMD -> TMJ pain
    migraine -> Migraine
    plantar fascia -> Plantar fasciitis
    tendinopathy -> Tendinitis
    dolor lumbar -> Low back pain
    Nackenschmerzen -> Neck pain
    lombalgie -> Low back pain
    schouderpijn -> Shoulder pain
    """
STATUSES = """
    > Checked out -> attended
    @ Arrived -> attended
    ~ Arrived late -> attended
    < In exam room -> attended
    $ Coding done -> attended
    > -> attended
    ? No show -> no_show
    ? -> no_show
    x Canceled -> cancelled
    % Canceled < 24h -> cancelled
    ! Left w/o visit -> no_show
    Show -> attended
    Completed -> attended
    seen -> attended
    finalised -> attended
    billed -> attended
    IP Address -> attended
    Late Cancelled -> cancelled
    Clinician Cancelled -> cancelled
    CANCELED -> cancelled
    cancelled by patient -> cancelled
    Did Not Arrive -> no_show
    did not attend -> no_show
    DNA -> no_show
    missed -> no_show
    Rescheduled -> rescheduled
    Never Booked -> never_booked
    Archived -> archived
    Deleted -> deleted
    Break -> break
    block -> break
    Waitlist -> waitlist
    Test -> test
    Survey Preview -> preview
    Booked -> not_yet_attended
    Scheduled -> not_yet_attended
    confirmed -> not_yet_attended
    pending -> not_yet_attended
    abgesagt -> cancelled
    annul\u00e9 -> cancelled
    no asisti\u00f3 -> no_show
    niet verschenen -> no_show
    """
VISIT_TYPES = """
    Initial Evaluation -> evaluation
    initial consultation -> evaluation
    New patient -> evaluation
    Daily Note -> treatment
    DN -> treatment
    Follow-up consultation -> treatment
    standard consultation -> treatment
    Subsequent consultation -> treatment
    Phone follow-up -> follow_up
    Telephone review -> follow_up
    Outcome call -> follow_up
    follow_up -> follow_up
    Follow Up -> open_follow_up
    follow-up -> open_follow_up
    Follow-up visit -> open_follow_up
    Recheck -> open_follow_up
    Re-evaluation -> progress_note
    Progress Note -> progress_note
    Review -> progress_note
    Discharge Summary -> discharge
    """
TECHNIQUES = """
    SDN -> superficial
    DDN -> deep
    EDN -> electrical
    PENS -> electrical
    DN with e-stim -> electrical
    no needling -> none
    tiefes Dry Needling -> deep
    punci\u00f3n seca superficial -> superficial
    """
SIDE_EFFECTS = """
    ecchymosis -> bruising
    haematoma -> bruising
    post-needling soreness -> soreness
    drowsiness -> fatigue
    pain during treatment -> pain_during
    Pain After -> pain_after
    aggravation of symptoms -> aggravation
    nerve injury -> nerve_injury
    collapsed lung -> pneumothorax
    blauer Fleck -> bruising
    mareos -> dizziness
    misselijkheid -> nausea
    courbatures -> soreness
    """
OTHERS = {
    "answers": "x -> yes\n1 -> yes\n0 -> no\nTRUE -> yes\nUnchecked -> no\nChecked -> yes\n"
    "\u2713 -> yes\n\u2610 -> no\nja -> yes\nnein -> no\noui -> yes\nnon -> no\ns\u00ed -> yes\n"
    "nee -> no",
    "nothing": "none -> nothing\nNo -> nothing\nnil -> nothing\n0 -> nothing\n"
    "None of these -> nothing\nkeine -> nothing\naucun -> nothing\nninguno -> nothing\n"
    "geen -> nothing",
    "chronicities": "> 12 weeks -> chronic\nmore than 3 months -> chronic\n< 6 weeks -> acute\n"
    "6-12 weeks -> subacute\nakut -> acute\ncr\u00f3nico -> chronic",
    "sexes": "F -> female\nmale -> male\nx -> other\nweiblich -> female\nhomme -> male",
    "sides": "R -> right\nbilateral -> both\nlinks -> left",
    "severities": "minor -> mild\nsevere -> serious",
    "adjuncts": "manual therapy -> mobilization\ntherapeutic exercise -> exercise\n"
    "physio -> physical_therapy",
    "contraindications": "pregnant -> pregnancy\nblood thinners -> bleeding_disorder\n"
    "fear of needles -> needle_phobia\nfever -> active_infection",
    "instruments": "Oswestry -> ODI\nquick dash -> QuickDASH\npsfs -> PSFS",
    "stimulation": "low frequency -> low\nHigh -> high",
}
MEANINGS = OTHERS | {
    "conditions": CLAIMED,
    "statuses": STATUSES,
    "visit_types": VISIT_TYPES,
    "techniques": TECHNIQUES,
    "side_effects": SIDE_EFFECTS,
}


@pytest.mark.parametrize(
    ("name", "text", "meaning"),
    [
        (name, *line.strip().split(" -> "))
        for name, lines in MEANINGS.items()
        for line in lines.strip().splitlines()
    ],
)
def test_what_words_mean(name, text, meaning):
    assert LISTS[name].find(text) == meaning


@pytest.mark.parametrize(
    "text", ["DN", "TDN", "TPDN", "FDN", "IMS", "dry needling", "trigger point dry needling"]
)
def test_dry_needling_alone_names_no_technique(text):
    assert vocabulary.techniques.find(text) is None
    assert vocabulary.needling_unspecific.find(text) == "needling"


@pytest.mark.parametrize(
    "text",
    ["#N/A", "#REF!", "N/A", "na", "NULL", "\\N", "-", "\u2014", ".", "0000-00-00", "nan"],
)
def test_marks_for_an_empty_cell(text):
    assert vocabulary.missing_marks.find(text) == "missing"


@pytest.mark.parametrize("text", ["0", "none", "no", "??", "?", "unknown", "99", "x", "6-7"])
def test_what_someone_could_have_meant_is_no_empty_cell(text):
    assert vocabulary.missing_marks.find(text) is None


def test_not_known_is_apart_from_empty_and_from_none():
    assert vocabulary.not_known.find("Unknown") == "not_known"
    for text in ("none", "no", "nil", "0"):
        assert vocabulary.not_known.find(text) is None
    assert vocabulary.nothing.find("unknown") is None


def test_a_lone_cross_is_no_status():
    """It says cancelled in one system and attended by hand."""
    assert vocabulary.statuses.find("x") is None


def test_words_that_the_program_keeps_for_itself_are_no_conditions():
    for text in (tables.UNSPECIFIED, tables.UNMAPPED, "fibromyalgia"):
        assert vocabulary.conditions.find(text) is None


CODES = """
    M79.10 | Myofascial pain syndrome |
    M79.11 | Myofascial pain syndrome |       | jaw
    M79.12 | Myofascial pain syndrome |
    M79.18 | Myofascial pain syndrome |
    M62.830 | Myofascial pain syndrome |      | back
    M62.838 | Myofascial pain syndrome |
    M54.2 | Neck pain |                       | neck
    M54.12 | Neck pain |                      | neck
    S16.1XXA | Neck pain |
    M54.5 | Low back pain |                   | low_back
    M54.50 | Low back pain |
    M54.51 | Low back pain |
    M54.59 | Low back pain |
    M54.16 | Low back pain |
    M54.30 | Low back pain |
    M54.31 | Low back pain | right
    M54.42 | Low back pain | left
    S39.012A | Low back pain |
    S33.5XXD | Low back pain |
    M25.511 | Shoulder pain | right           | shoulder
    M25.512 | Shoulder pain | left
    M25.519 | Shoulder pain |
    M75.01 | Shoulder pain | right
    M75.100 | Shoulder pain |
    M75.102 | Shoulder pain | left
    M75.121 | Shoulder pain | right
    M75.42 | Shoulder pain | left
    M26.601 | TMJ pain | right                | jaw
    M26.603 | TMJ pain | both
    M26.609 | TMJ pain |
    M26.622 | TMJ pain | left
    M26.69 | TMJ pain |
    M77.9 | Tendinitis |
    M77.11 | Tendinitis | right               | elbow
    M77.02 | Tendinitis | left                | elbow
    M76.51 | Tendinitis | right               | knee
    M76.62 | Tendinitis | left                | ankle_foot
    M76.31 | IT band syndrome | right
    M76.30 | IT band syndrome |
    M22.2X1 | Runner's knee | right           | knee
    M22.2X2 | Runner's knee | left
    M22.2X9 | Runner's knee |
    M25.561 | Runner's knee | right
    G44.209 | Tension-type headache |         | head
    G44.221 | Tension-type headache |
    G44.86 | Cervicogenic headache |
    G43.909 | Migraine |
    G43.111 | Migraine |
    R51.9 | Headache |
    R51 | Headache |
    R51.0 | Headache |
    S13.4XXA | Whiplash |                     | neck
    S13.4XXD | Whiplash |
    S13.4XX_ | Whiplash |
    M72.2 | Plantar fasciitis |               | ankle_foot
    S93.401A | Sprain | right                 | ankle_foot
    S76.312D | Strain | left                  | thigh
    """


def _codes() -> list[list[str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in CODES.strip().splitlines()]
    return [line + [""] * (4 - len(line)) for line in lines]


@pytest.mark.parametrize(("code", "condition", "side", "region"), _codes())
def test_diagnosis_codes(code, condition, side, region):
    found = vocabulary.condition_of_code(code)
    assert (found.condition, found.side) == (condition, side or None)
    assert region in ("", found.region)
    assert vocabulary.condition_of_code(code.replace(".", "").lower()) == found
    assert vocabulary.looks_like_code(code)


@pytest.mark.parametrize("code", ["M79.7", "M54", "M25.50", "M22.2", "G44.1", "K21.9", "Z99.89"])
def test_other_codes_look_like_codes_and_do_not_map(code):
    assert vocabulary.condition_of_code(code) is None
    assert vocabulary.looks_like_code(code)


@pytest.mark.parametrize(
    "text",
    [
        "M54.50",
        "m5450",
        "ICD10:M54.50",
        "ICD-10: M54.50",
        "ICD10CM:M54.50",
        "M54.50 - Low back pain, unspecified",
        "M54.50; M54.2",
        "M79.7, M54.50",
        "M79.7 | m54.50",
        "(M54.50) Low back pain",
    ],
)
def test_a_code_is_found_among_what_systems_write_around_it(text):
    assert vocabulary.condition_of_code(text) == Coded("Low back pain", None, "low_back")
    assert vocabulary.looks_like_code(text)


@pytest.mark.parametrize("text", ["Low back pain", "L5S1", "deep", "", "7/10", "2024"])
def test_words_and_numbers_do_not_look_like_codes(text):
    assert vocabulary.condition_of_code(text) is None
    assert not vocabulary.looks_like_code(text)


def test_a_side_or_stage_may_stand_beside_a_condition_in_words():
    left = Coded("Shoulder pain", "left", "shoulder")
    assert vocabulary.condition_of_words("Left shoulder pain") == left
    assert vocabulary.condition_of_words("Shoulder pain (L)") == left
    assert vocabulary.condition_of_words("chronic LBP").condition == "Low back pain"
    assert vocabulary.condition_of_words("Neck pain") == Coded("Neck pain", None, "neck")
    assert vocabulary.condition_of_words("left and right neck pain") is None
    assert vocabulary.condition_of_words("left something") is None


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("20560", Procedures(needling=True, muscles="1-2")),
        ("20561", Procedures(needling=True, muscles="3 or more")),
        ("20560; 20561", Procedures(needling=True, muscles="3 or more")),
        ("20561.0", Procedures(needling=True, muscles="3 or more")),
        ("97110", Procedures(adjuncts=frozenset({"exercise"}))),
        ("97140-59", Procedures(adjuncts=frozenset({"mobilization"}))),
        ("97124", Procedures(adjuncts=frozenset({"massage"}))),
        ("97032", Procedures(electrical=True)),
        ("97014", Procedures(electrical=True)),
        ("g0283", Procedures(electrical=True)),
        ("99213", None),
        ("120560", None),
        ("", None),
    ],
)
def test_procedure_codes(text, done):
    assert vocabulary.procedures(text) == done


def test_several_procedures_of_one_visit_add_up():
    done = vocabulary.procedures("20561 x1, 97110 | 97140 GP, G0283, 99213")
    both = frozenset({"exercise", "mobilization"})
    assert done == Procedures(needling=True, muscles="3 or more", adjuncts=both, electrical=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the vocabulary in which a typing error can be made."""
    copy = tmp_path / "vocabulary"
    shutil.copytree(VOCABULARY, copy)
    return copy


SPOILED = {
    "unknown key": (
        "conditions.toml", 'region = "jaw"', 'regoin = "jaw"',
        "'regoin' is not known here; allowed: name, label, synonyms, region, exact.",
    ),
    "unknown region": (
        "conditions.toml", 'region = "jaw"', 'region = "jowl"',
        "region 'jowl' is not known; allowed: head, jaw, neck,",
    ),
    "unknown name": (
        "techniques.toml", 'name = "deep"', 'name = "deap"',
        "name 'deap' is not known; allowed: superficial, deep, electrical, none.",
    ),
    "name twice": (
        "techniques.toml", 'name = "deep"', 'name = "superficial"',
        "the name 'superficial' stands here twice.",
    ),
    "list that is a text": (
        "sides.toml", 'synonyms = ["R",', 'synonyms = "R" #',
        'synonyms must be a list of texts, such as ["one", "two"].',
    ),
    "list with a number": (
        "sides.toml", 'synonyms = ["R",', "synonyms = [1,",
        'synonyms must be a list of texts, such as ["one", "two"].',
    ),
    "true as a text": (
        "procedures.toml", "electrical = true", 'electrical = "yes"',
        "electrical must be true or false.",
    ),
    "two meanings": (
        "side_effects.toml", '"ecchymosis"', '"Soreness!"',
        "'Soreness!' already stands for 'soreness'; a word has one meaning.",
    ),
    "other table": (
        "severities.toml", "[[term]]", "[[trem]]", "'trem' is not known here; use [[term]].",
    ),
    "bracket forgotten": ("severities.toml", "[[term]]", "[[term]", "this is not TOML ("),
    "quote forgotten": ("icd10.toml", 'code = "M54.2"', 'code = "M54.2', "this is not TOML ("),
    "unknown condition": (
        "icd10.toml", 'condition = "Whiplash"', 'condition = "Wiplash"',
        "condition 'Wiplash' is not known; allowed: Low back pain, Neck pain,",
    ),
    "no code": (
        "icd10.toml", 'code = "M54.2"', 'code = "M5-42"', "code 'M5-42' must look like M54.2",
    ),
    "code twice": (
        "icd10.toml", 'code = "M54.12"', 'code = "M54.2"', "the code M542 stands here twice.",
    ),
    "procedure twice": (
        "procedures.toml", '"20561"', '"20560"', "the code 20560 stands here twice.",
    ),
    "unknown adjunct": (
        "procedures.toml", '"massage"', '"masage"', "adjunct 'masage' is not known; allowed: exer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("error", SPOILED)
def test_a_typing_error_is_told_with_file_line_and_what_is_allowed(folder, error):
    name, right, wrong, told = SPOILED[error]
    before, after = (folder / name).read_text(encoding="utf-8").split(right, 1)
    (folder / name).write_text(before + wrong + after, encoding="utf-8")
    line = before.count("\n") + 1
    with pytest.raises(OutcomesError, match=re.escape(f"{name}, line {line}: {told}")):
        load_vocabulary(folder)


def test_a_fact_left_out_is_told_with_the_line_of_its_entry(folder):
    path = folder / "icd10.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('meaning = "Cervicalgia"\n', ""), encoding="utf-8")
    line = text[: text.index('code = "M54.2"')].count("\n")
    with pytest.raises(OutcomesError, match=rf"icd10.toml, line {line}: .*lacks 'meaning'"):
        load_vocabulary(folder)


def test_a_term_that_must_be_there_is_missed(folder):
    path = folder / "severities.toml"
    head, mild, *rest = path.read_text(encoding="utf-8").split("[[term]]")
    path.write_text("[[term]]".join([head, *rest]), encoding="utf-8")
    with pytest.raises(OutcomesError, match=r"severities.toml lacks the term 'mild'"):
        load_vocabulary(folder)
    assert 'name = "mild"' in mild


def test_a_missing_file_and_one_in_another_encoding_are_told(folder):
    (folder / "sides.toml").write_bytes('[[term]]\nname = "l\u00e9ft"\n'.encode("cp1252"))
    with pytest.raises(OutcomesError, match=r"sides.toml, line 2: .*UTF-8"):
        load_vocabulary(folder)
    load_vocabulary.cache_clear()
    (folder / "sides.toml").unlink()
    with pytest.raises(OutcomesError, match=r"sides.toml is missing"):
        load_vocabulary(folder)


def test_a_new_synonym_is_one_line(folder):
    path = folder / "severities.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"minor"', '"minor", "barely there"', 1), encoding="utf-8")
    assert load_vocabulary(folder).severities.find("Barely there") == "mild"
    assert vocabulary.severities.find("Barely there") is None
