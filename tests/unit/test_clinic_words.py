"""A clinic's own words: asked about, answered once, applied to what is in, and taken back."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.errors import BadUsage
from pipelines.ingest.clinic_words import Answered, answer, answers_in_force, choices
from pipelines.ingest.preview import look_at
from pipelines.ingest.questions import Answer
from pipelines.ingest.term_questions import as_answer
from pipelines.ingest.unknown_words import unknown_words
from pipelines.store import Store
from pipelines.store.check import check_store
from pipelines.store.delta import Table
from tests.support.exports import column, content, export, figures, take, twin_store, visit

WRITTEN = {
    "Technique": "magic",
    "Condition": "Sore elbow of sorts",
    "Side effects": "heavy legs; soreness",
    "Type": "Tune-up",
    "Adjuncts": "sand bags; massage",
}
MEANT = {
    "Technique": "deep",
    "Condition": "Neck pain",
    "Side effects": "fatigue; soreness",
    "Type": "Follow up",
    "Adjuncts": "exercise; massage",
}
ANSWERS = [
    Answer("techniques", "Magic", "deep"),
    Answer("conditions", "sore  elbow of sorts", "Neck pain"),
    Answer("side_effects", "heavy legs", "fatigue"),
    Answer("visit_types", "tune up", "open_follow_up"),
    Answer("adjuncts", "sand bags", "exercise"),
]


def rows(cells: dict[str, str]) -> list[dict[str, str]]:
    """Three visits of one patient; the second says nothing that is unknown."""
    plain = {"Type": "", "Adjuncts": ""}
    return [
        visit(1) | plain | cells,
        visit(2, date="2025-01-13", pain_before="5") | plain,
        visit(3, date="2025-01-20", pain_before="3") | plain | cells,
    ]


def store_with(folder: Path, records: list[dict[str, str]]) -> Store:
    folder.mkdir()
    store = twin_store(folder)
    take(store, export(records))
    return store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_with(tmp_path / "clinic", rows(WRITTEN))


def test_answers_make_every_figure_what_the_right_terms_would_have_made_it(store, tmp_path):
    before, right = figures(store), store_with(tmp_path / "right", rows(MEANT))
    done = answer(store, ANSWERS)
    assert (done.visits, done.taken_in) == (2, 0)
    assert content(store).equals(content(right))
    assert figures(store) == figures(right) != before
    assert unknown_words(store).empty
    assert all(found.sound for found in check_store(store))
    store.undo(done.import_id)
    assert figures(store) == before
    assert all(found.sound for found in check_store(store))


def test_unknown_words_are_listed_with_their_visits_and_the_nearest_term(tmp_path: Path):
    records = [visit(1, technique="deap needling"), visit(2, technique="deap-needling")]
    store = store_with(tmp_path / "clinic", [*records, visit(3, technique="abracadabra")])
    found = unknown_words(store)
    found = found.set_index(found["word"].str.replace("-", " "))
    assert list(found["visits"]) == [2, 1]
    assert found.loc["deap needling", ["list", "suggested"]].tolist() == ["techniques", "deep"]
    assert found.loc["deap needling", "likeness"] > 0.9
    assert found.loc["abracadabra", "suggested"] is None
    assert set(found["first_file"]) == {"export.csv"}


def test_a_later_answer_replaces_an_earlier_one_and_its_undo_brings_that_back(store: Store):
    answer(store, [Answer("techniques", "magic", "deep")])
    second = answer(store, [Answer("techniques", "MAGIC", "superficial")])
    assert column(store, "technique") == ["superficial", "deep", "superficial"]
    assert answers_in_force(store)[["word", "term"]].values.tolist() == [["MAGIC", "superficial"]]
    store.undo(second.import_id)
    assert column(store, "technique") == ["deep", "deep", "deep"]


@pytest.mark.parametrize(
    ("given", "effects"),
    [("", "soreness"), ("nothing", "soreness"), ("nausea", "soreness;nausea")],
)
def test_a_word_that_says_nothing_leaves_the_other_effects(store: Store, given: str, effects: str):
    answer(store, [Answer("side_effects", "heavy legs", given)])
    assert column(store, "side_effects") == [effects, "", effects]


def test_a_word_alone_may_mean_that_there_was_none_or_that_nothing_is_recorded(tmp_path: Path):
    records = [visit(1, side_effects="all good"), visit(2, side_effects="n b")]
    store = store_with(tmp_path / "clinic", records)
    assert column(store, "side_effects") == ["other", "other"]
    told = [Answer("side_effects", "all good", "nothing"), Answer("side_effects", "n b", "")]
    answer(store, told)
    assert column(store, "side_effects") == ["", None]


def test_two_spellings_of_a_therapist_are_offered_and_never_joined_by_themselves(tmp_path: Path):
    names = ["Ada Lovelace", "Ada Lovelace", "A. Lovelace", "Lovelace, Ada", "Bo Lovelace"]
    store = store_with(tmp_path / "clinic", [visit(n, therapist=t) for n, t in enumerate(names, 1)])
    found = unknown_words(store)
    assert sorted(found["word"]) == ["A. Lovelace", "Lovelace, Ada"]
    assert set(found["suggested"]) == {"Ada Lovelace"}
    assert column(store, "therapist") == names
    answer(store, [Answer("therapists", name, "Ada Lovelace") for name in found["word"]])
    assert column(store, "therapist") == ["Ada Lovelace"] * 4 + ["Bo Lovelace"]
    with pytest.raises(BadUsage):
        answer(store, [Answer("therapists", "Ada Lovelace", "A. Lovelace")])


def with_status(word: str, *others: dict[str, str]) -> list[dict[str, str]]:
    known, waiting = {"Status": "Arrived"}, {"Status": word}
    return [
        visit(1) | known,
        visit(2, date="2025-01-13", pain_before="5") | waiting,
        visit(3, date="2025-01-20", pain_before="11") | waiting,
        *others,
    ]


def reasons(store: Store) -> list[str]:
    return sorted(store.quarantine()["reason"])


def test_an_answered_status_takes_its_rows_out_of_quarantine_and_undo_puts_them_back(tmp_path):
    store = store_with(tmp_path / "clinic", with_status("Rocked up"))
    before, right = figures(store), store_with(tmp_path / "right", with_status("Arrived"))
    assert reasons(store) == ["pain_out_of_range", "unknown_status"]
    assert unknown_words(store)[["word", "waiting"]].values.tolist() == [["Rocked up", 1]]
    came = answer(store, [Answer("statuses", "rocked up", "attended")])
    assert (came.taken_in, reasons(store)) == (1, ["pain_out_of_range"])
    assert (content(store).equals(content(right)), figures(store)) == (True, figures(right))
    stayed = answer(store, [Answer("statuses", "rocked up", "no show")])
    assert (stayed.taken_in, reasons(store), figures(store)) == (-1, [], before)
    store.undo(stayed.import_id)
    store.undo(came.import_id)
    assert (reasons(store), figures(store)) == (["pain_out_of_range", "unknown_status"], before)
    assert all(found.sound for found in check_store(store))


def test_a_file_asks_what_its_words_mean_and_is_imported_with_the_answers_in_one_change(tmp_path):
    store, data = twin_store(tmp_path), export(with_status("Rocked up", visit(4) | {"Status": ""}))
    asked = take(store, data, dry_run=True).questions
    assert [(one.key, one.blocking, one.cells) for one in asked] == [
        ("term:statuses:Rocked up", False, 2)
    ]
    assert asked[0].choices == choices("statuses")
    report = take(store, data, answers=[as_answer(asked[0].key, "attended")])
    assert (report.accepted, report.questions, len(store.current())) == (3, (), 3)
    store.undo(report.import_id)
    assert (len(store.current()), answers_in_force(store).empty) == (0, True)
    assert store.quarantine().empty


def test_words_that_may_be_about_a_person_are_counted_and_never_kept(tmp_path: Path):
    texts = [
        "ann@example.org",
        "born 3/29/71",
        "since 2019",
        "her sister Bo drove her home again",
    ]
    records = [visit(n, side_effects=text) for n, text in enumerate(texts, 1)]
    store = store_with(tmp_path / "clinic", [*records, visit(9, side_effects="heavy legs")])
    assert list(unknown_words(store)["word"]) == ["heavy legs"]
    assert column(store, "side_effects") == ["other"] * 5


@pytest.mark.parametrize(
    "wrong",
    [
        Answer("colours", "magic", "deep"),
        Answer("techniques", "magic", "blue"),
        Answer("techniques", "", "deep"),
        Answer("statuses", "rocked up", ""),
        Answer("therapists", "A. Lang", ""),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_changes_nothing(store: Store, wrong: Answer):
    version = store.version()
    with pytest.raises(BadUsage):
        answer(store, [wrong])
    assert store.version() == version


def test_an_answer_before_the_first_import_holds_for_it(tmp_path: Path):
    store = twin_store(tmp_path)
    assert answer(store, [Answer("techniques", "magic", "deep")]).visits == 0
    report = take(store, export(rows(WRITTEN)))
    assert column(store, "technique") == ["deep"] * 3
    assert (report.repairs["word_of_the_clinic"], report.repairs.get("unknown_technique")) == (
        2,
        None,
    )


def test_the_same_export_again_is_unchanged_and_not_written_again(store: Store):
    answer(store, ANSWERS[:2])
    written = len(store.log(store.head()))
    report = take(store, export(rows(WRITTEN)))
    assert (report.accepted, report.unchanged) == (0, 3)
    assert len(store.log(store.head())) == written
    assert take(store, export(rows(MEANT))).updated == 2


class CutOffError(BaseException):
    """Ends a change where it stands, as a kill would."""


@pytest.mark.parametrize("table", ["answers", "visits", "episodes", "ledger"])
def test_an_answer_that_is_cut_off_was_never_given(store, table, monkeypatch):
    before, write = figures(store), Table._write

    def cut_off(self: Table, frame: pd.DataFrame, mode: str) -> int:
        if self.folder.name == table:
            raise CutOffError
        return write(self, frame, mode)

    with monkeypatch.context() as patch:
        patch.setattr(Table, "_write", cut_off)
        with pytest.raises(CutOffError):
            answer(store, ANSWERS)
    assert (figures(store), answers_in_force(store).empty) == (before, True)
    assert isinstance(answer(store, ANSWERS), Answered)
    assert unknown_words(store).empty
    assert all(found.sound for found in check_store(store))


def test_what_was_a_visit_is_asked_before_a_file_is_imported(tmp_path: Path):
    store = twin_store(tmp_path)
    rows = [visit(1) | {"Status": "Arrived"}, visit(2, patient_id="P2") | {"Status": "Zorked"}]
    [question] = look_at(store, "may.csv", export(rows)).questions
    assert (question.key, question.blocking, question.cells) == ("term:statuses:Zorked", False, 1)
    answer(store, [as_answer(question.key, "attended")])
    assert look_at(store, "may.csv", export(rows)).questions == ()
