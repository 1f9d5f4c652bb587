"""Words of a clinic: any history of imports, answers and undos is the store of what survives."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.clinic_words import answer, answers_in_force
from pipelines.ingest.questions import Answer
from pipelines.ingest.unknown_words import unknown_words
from pipelines.store import Store
from pipelines.store.check import check_store
from tests.support.examples import examples
from tests.support.exports import content, export, figures, take, twin_store, visit

WORDS = {
    "Technique": ["", "deep", "superficial", "magic", "Magic touch"],
    "Side effects": ["", "none", "soreness", "heavy legs", "bruising; heavy legs"],
    "Condition": ["Neck pain", "", "Sore elbow of sorts"],
    "Therapist": ["Ada Lang", "A. Lang"],
    "Status": ["Arrived", "Arrived", "Rocked up"],
    "Type": ["", "Follow up", "Tune-up"],
    "Pain before": ["7", "4", ""],
}
ANSWERS = [
    Answer("techniques", "magic", "deep"),
    Answer("techniques", "magic", ""),
    Answer("techniques", "magic touch", "needling"),
    Answer("side_effects", "heavy legs", "fatigue"),
    Answer("side_effects", "heavy legs", "nothing"),
    Answer("conditions", "sore elbow of sorts", "Neck pain"),
    Answer("conditions", "sore elbow of sorts", ""),
    Answer("therapists", "A. Lang", "Ada Lang"),
    Answer("statuses", "rocked up", "attended"),
    Answer("statuses", "rocked up", "no_show"),
    Answer("visit_types", "tune-up", "progress_note"),
]
ROWS = st.builds(
    lambda number, day, cells: visit(number, patient_id="P1", date=f"2025-0{day}-01") | cells,
    st.integers(1, 4),
    st.just(1),
    st.fixed_dictionaries({name: st.sampled_from(words) for name, words in WORDS.items()}),
)
FILES = st.lists(ROWS, min_size=1, max_size=3, unique_by=lambda row: row["Visit ID"])
GIVEN = st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=2)
EVENTS = st.one_of(
    st.tuples(st.just("import"), FILES, st.lists(st.sampled_from(ANSWERS), max_size=1)),
    st.tuples(st.just("replace"), FILES, st.just([])),
    st.tuples(st.just("answer"), st.just([]), GIVEN),
    st.tuples(st.just("undo"), st.integers(0, 5), st.just([])),
)
HISTORIES = st.lists(EVENTS, min_size=2, max_size=6)


def day_by_number(rows: list[dict[str, str]]) -> bytes:
    """Each visit on a day of its own, as its number tells."""
    return export([row | {"Date": f"2025-01-{int(row['Visit ID'][1:]):02}"} for row in rows])


def happen(store: Store, event: tuple[str, Any, list[Answer]]) -> str:
    """Lets an import or an answer happen; returns its id."""
    kind, rows, given = event
    if kind == "answer":
        return answer(store, given).import_id
    report = take(store, day_by_number(rows), answers=given, replace=kind == "replace")
    return report.import_id


def words(store: Store) -> list[list]:
    found = unknown_words(store)[["list", "word", "visits", "waiting"]]
    return sorted(found.values.tolist())


@given(HISTORIES)
@examples(8)
def test_any_history_of_answers_and_undos_is_as_if_only_what_survives_had_happened(history):
    with ExitStack() as stack:
        store, never = (
            twin_store(Path(stack.enter_context(tempfile.TemporaryDirectory()))) for _ in range(2)
        )
        made: list[tuple[str, tuple]] = []
        gone: set[str] = set()
        for event in history:
            if event[0] != "undo":
                made.append((happen(store, event), event))
            elif len(made) > event[1] and made[event[1]][0] not in gone:
                store.undo(made[event[1]][0])
                gone.add(made[event[1]][0])
        for name, event in made:
            if name not in gone:
                happen(never, event)
        assert content(store).equals(content(never))
        assert figures(store) == figures(never)
        assert words(store) == words(never)
        kept, right = answers_in_force(store), answers_in_force(never)
        assert kept[["list", "word", "term"]].equals(right[["list", "word", "term"]])
        assert [found.advice for found in check_store(store) if not found.sound] == []
