"""A correct file spoiled at random by seed, imported, and each of its visits judged."""

import tempfile
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pipelines.ingest.load import import_file
from pipelines.ingest.report import Report
from tests.corpus.clinic import CLINIC
from tests.corpus.draft import Draft, Row, draft_of
from tests.corpus.judge import TODAY, VALUES, Unwritten, held_visits, whole
from tests.corpus.pollutions import BYTES, DRAFTED, NAMES

LEAST, MOST, FEWEST = 6, len(CLINIC), 3
TRUE, LESS, QUARANTINED, ASKED, REFUSED, DESTROYED, WRONG = (
    "as it is", "less than it is", "quarantined", "asked", "refused", "destroyed", "WRONG",
)  # fmt: skip
OUTCOMES = (TRUE, LESS, QUARANTINED, ASKED, REFUSED, DESTROYED, WRONG)
"""What became of a visit. `less`: a value that is true was left out; `asked`: the file waits for
an answer; `destroyed`: its own bytes were, and no reader could know."""
UNTOLD = {"condition": "unspecified", "visit_type": "treatment"}


@dataclass(frozen=True)
class Spoiled:
    """Which pollutions, by which seed, on which of the clinic's visits."""

    names: tuple[str, ...]
    seed: int
    visits: tuple[int, ...]


@dataclass
class Outcome:
    """Visits by what became of them, and everything that must never happen."""

    visits: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def drawn(seed: int) -> Spoiled:
    """One to four pollutions of six to ten visits, by seed."""
    draw = Random(seed)
    names = set(draw.sample(NAMES, draw.randint(1, 4)))
    visits = sorted(draw.sample(range(MOST), draw.randint(LEAST, MOST)))
    return Spoiled(tuple(name for name in NAMES if name in names), seed, tuple(visits))


def made(given: Spoiled) -> tuple[Draft, bytes]:
    """The spoiled file, and what can still be known of it."""
    draft = draft_of([CLINIC[number] for number in given.visits])
    for name in given.names:
        if name in DRAFTED:
            DRAFTED[name](draft, Random(f"{given.seed} {name}"))
    _written_in_what_has_its_letters(draft)
    data = draft.data()
    for name in given.names:
        if name in BYTES:
            data = BYTES[name](draft, data, Random(f"{given.seed} {name}"))
    return draft, data


def _written_in_what_has_its_letters(draft: Draft) -> None:
    try:
        draft.text().encode(draft.encoding)
    except UnicodeEncodeError:
        draft.encoding = "utf-8"


def judged(given: Spoiled) -> Outcome:
    """Imports the file into an empty store; whatever goes wrong is told, a traceback too."""
    draft, data = made(given)
    with tempfile.TemporaryDirectory() as folder:
        store = Unwritten(Path(folder))
        try:
            report = import_file(store, "spoiled.csv", data, today=TODAY)
        except (Exception, AssertionError):  # any error is a finding here, none is let pass
            return Outcome(Counter({WRONG: 1}), [traceback.format_exc(limit=-2)])
        if report.refused:
            return _refused(draft, report)
        labels = [str(row.truth["patient_id"]) for row in draft.visits]
        return _imported(draft, report, held_visits(store, labels))


def _refused(draft: Draft, report: Report) -> Outcome:
    return Outcome(Counter({ASKED if report.questions else REFUSED: len(draft.visits)}))


def _imported(draft: Draft, report: Report, held: Sequence[Mapping]) -> Outcome:
    found = Outcome()
    left = [row for row in draft.rows if row.truth is not None and not row.destroyed]
    destroyed = [row for row in draft.rows if row.destroyed]
    for visit in held:
        row, outcome = _best(draft, visit, left)
        if row is not None:
            left.remove(row)
            found.visits[outcome] += 1
        elif destroyed:
            destroyed.pop()
        else:
            found.visits[WRONG] += 1
            found.faults.append(_nearest(visit, left))
    found.visits[QUARANTINED] += len(left)
    found.visits[DESTROYED] += sum(1 for row in draft.visits if row.destroyed)
    _require_every_record(draft, report, found, len(left))
    return found


def _best(draft: Draft, visit: Mapping, left: Sequence[Row]) -> tuple[Row | None, str]:
    """The row that the visit is, as it is or with less."""
    free = [row for row in left if not draft.must_wait(row)]
    for outcome, fits in ((TRUE, _same), (LESS, _is_less)):
        for row in free:
            if fits(visit, whole(row.truth)):
                return row, outcome
    return None, WRONG


def _same(visit: Mapping, truth: Mapping) -> bool:
    return all(_value(visit, name) == truth[name] for name in VALUES)


def _is_less(visit: Mapping, truth: Mapping) -> bool:
    """Whether every value is the true one or was left out; patient and date never are."""
    return all(_value(visit, name) in (truth[name], UNTOLD.get(name)) for name in VALUES)


def _value(visit: Mapping, name: str) -> object:
    """Midnight is what a date without a time becomes in many a system: no time was told."""
    return None if name == "session_time" and visit[name] == 0 else visit[name]


def _nearest(visit: Mapping, left: Sequence[Row]) -> str:
    """What is wrong with a visit, against the row that it is most like."""
    if not left:
        return f"a visit too many on {visit['session_date']}"
    differences = [
        {name: (visit[name], truth[name]) for name in VALUES if visit[name] != truth[name]}
        for truth in (whole(row.truth) for row in left)
    ]
    return f"a visit differs: {min(differences, key=len) or 'though it must wait'}"


def _require_every_record(draft: Draft, report: Report, found: Outcome, left: int) -> None:
    """Every record is counted once, as many as were written, and no visit skipped as none."""
    skipped = sum(report.skipped.values())
    if report.accepted + report.unchanged + report.quarantined + skipped != report.rows:
        found.faults.append("records that are not accounted for")
    if not draft.counts:
        return
    if report.rows != draft.records():
        found.faults.append(f"{report.rows} records counted, {draft.records()} written")
    if left > report.quarantined:
        found.faults.append(f"{left} visits not accepted, {report.quarantined} in quarantine")


def shrunk(given: Spoiled) -> Spoiled:
    """The fewest pollutions and visits that still go wrong."""
    for name in given.names:
        fewer = Spoiled(tuple(n for n in given.names if n != name), given.seed, given.visits)
        if fewer.names and judged(fewer).faults:
            return shrunk(fewer)
    for visit in given.visits if len(given.visits) > FEWEST else ():
        fewer = Spoiled(given.names, given.seed, tuple(v for v in given.visits if v != visit))
        if judged(fewer).faults:
            return shrunk(fewer)
    return given
