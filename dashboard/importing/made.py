"""Every change of the store, newest first, for the list from which each can be undone."""

import json

import pandas as pd

from dashboard import phrases, theme
from pipelines.listing import listed
from pipelines.store import Store
from pipelines.store.ledger import IMPORT, KEEP, REMOVAL, UNDO

COUNTED = ("accepted", "updated", "unchanged", "quarantined", "skipped", "vanished")
LISTED = ("import_id", "at", "event", "file", "number", "undone", *COUNTED)


def changes(store: Store) -> pd.DataFrame:
    """One row a change, newest first: imports, answers about words, visits taken out or kept.

    `number` counts answers or visits of a change that is no import; counts of rows are 0 there.
    """
    head = store.head()
    numbers = _numbers(store)
    rows = [
        {
            "import_id": event["import_id"],
            "at": event["at"],
            "event": event["event"],
            "file": event["file"],
            "number": numbers.get(event["import_id"], 0),
            "undone": event["import_id"] in head.undone,
            **_counts(json.loads(event["report"])),
        }
        for event in head.events[head.events["event"] != UNDO].to_dict("records")
    ]
    return pd.DataFrame(rows[::-1], columns=list(LISTED))


def _counts(report: dict) -> dict[str, int]:
    skipped = sum(report.get("skipped", {}).values())
    return {name: int(report.get(name, 0)) for name in COUNTED if name != "skipped"} | {
        "skipped": skipped
    }


def _numbers(store: Store) -> dict[str, int]:
    """How many visits or words each change is about."""
    head = store.head()
    told = [store.read(head, table)["import_id"].astype("str") for table in ("settled", "answers")]
    return pd.concat(told).value_counts().to_dict()


def title(row) -> str:
    """What a change is, where it has no file."""
    words = {
        REMOVAL: f"{phrases.several(row.number, 'visit')} taken out",
        KEEP: f"{phrases.several(row.number, 'visit')} kept",
    }
    return phrases.sentence(words.get(row.event, f"{phrases.several(row.number, 'answer')} given"))


def counted(row) -> str:
    """What became of the rows of an import, or what another change is about."""
    if row.event != IMPORT:
        why = {
            REMOVAL: "a newer export lacks them, and a person said so",
            KEEP: "though a newer export lacks them",
        }
        return why.get(row.event, "about words of the clinic")
    told = [
        f"{theme.count(row.accepted)} accepted",
        f"{theme.count(row.unchanged)} unchanged",
        f"{theme.count(row.quarantined)} in quarantine",
        f"{theme.count(row.skipped)} skipped",
    ]
    return listed(told)


def asked_to_undo(row) -> str:
    """What taking a change back does, before it is done."""
    if row.event != IMPORT:
        return (
            f"Take this back ({title(row)})? Figures become what they were without it, and the "
            "question stands again."
        )
    return (
        f"Take back {phrases.several(int(row.accepted), 'accepted row')} of this import? Figures "
        "become what they were without it; the file can be imported again."
    )
