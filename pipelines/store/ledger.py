"""The list of changes to a store: writing it is the one moment at which a change is made."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from pipelines.store.delta import ABSENT
from pipelines.tables import TEXT, WHOLE

EVENT = {
    "sequence": WHOLE,
    "event": TEXT,  # import, undo, or another change
    "import_id": TEXT,  # of the change itself; of the one taken back, in an undo
    "at": TEXT,  # UTC, ISO 8601
    "file": TEXT,
    "digest": TEXT,  # SHA-256 of the file
    "report": TEXT,  # JSON, as `outcomes import --json` prints it
    "versions": TEXT,  # JSON: the version of every other table that holds with this event
    "settings": TEXT,  # version of the settings with which episodes were formed
}
IMPORT, UNDO = "import", "undo"
REMOVAL, KEEP = "removal", "keep"
"""What a person says of visits that a newer export lacks."""
ANSWERS = "answers"
"""What a clinic's own words mean."""
COUNTED = (
    "date_order", "rows", "accepted", "unchanged", "updated", "quarantined",
    "skipped", "repairs", "reasons", "dropped_columns",
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What the newest event says: which version of each table holds, under which settings."""

    events: pd.DataFrame
    versions: dict[str, int] = field(default_factory=dict)
    settings: str = ""

    def version_of(self, table: str) -> int:
        return self.versions.get(table, ABSENT)

    @property
    def undone(self) -> set[str]:
        """Changes that were taken back."""
        return set(self.events.loc[self.events["event"] == UNDO, "import_id"])

    def surviving(self) -> list[str]:
        """Changes in force, in order of time: imports, and whatever else can be undone."""
        changes = self.events.loc[self.events["event"] != UNDO, "import_id"]
        return [name for name in changes if name not in self.undone]

    def next_sequence(self) -> int:
        return len(self.events) + 1


def head_of(events: pd.DataFrame) -> Head:
    """The head that a list of events has."""
    if events.empty:
        return Head(events)
    events = events.sort_values("sequence", ignore_index=True)
    last = events.iloc[-1]
    return Head(events, json.loads(last["versions"]), last["settings"])


def with_event(
    head: Head, event: str, import_id: str, versions: dict[str, int], settings: str, **facts: Any
) -> pd.DataFrame:
    """The events with one more at the end."""
    row = {
        "sequence": head.next_sequence(),
        "event": event,
        "import_id": import_id,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": facts.get("file", ""),
        "digest": facts.get("digest", ""),
        "report": json.dumps(facts.get("report", {})),
        "versions": json.dumps(versions),
        "settings": settings,
    }
    return pd.concat([head.events, pd.DataFrame([row])], ignore_index=True)


def other_changes(head: Head) -> pd.DataFrame:
    """One row a change that brought no file: import_id, at, event, undone; newest first."""
    events = head.events[~head.events["event"].isin((IMPORT, UNDO))]
    undone = events["import_id"].isin(head.undone)
    return events[["import_id", "at", "event"]].assign(undone=undone).iloc[::-1]


def imports_table(head: Head) -> pd.DataFrame:
    """One row per import, newest first, with what became of its rows and whether it was undone."""
    rows = []
    for event in head.events[head.events["event"] == IMPORT].to_dict("records"):
        report = json.loads(event["report"])
        rows.append(
            {
                "import_id": event["import_id"],
                "at": event["at"],
                "file": event["file"],
                **{name: report[name] for name in COUNTED},
                "skipped_rows": sum(report["skipped"].values()),
                "undone": event["import_id"] in head.undone,
            }
        )
    columns = ["import_id", "at", "file", *COUNTED, "skipped_rows", "undone"]
    return pd.DataFrame(rows, columns=columns).iloc[::-1].reset_index(drop=True)
