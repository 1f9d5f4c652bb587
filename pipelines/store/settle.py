"""Visits that a newer export lacks: listed for a person to settle, never removed by themselves."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.errors import OutcomesError
from pipelines.store.ledger import KEEP, REMOVAL, Head

if TYPE_CHECKING:
    from pipelines.store.store import Store

VANISHED = "vanished"
"""Why a visit is listed: it is not in the newer file; else the word of a status, `cancelled`."""
LISTED = (
    "session_key", "patient", "date", "therapist", "condition", "file", "line",
    "reason", "newer_import", "newer_file",
)  # fmt: skip


def vanished(store: "Store") -> pd.DataFrame:
    """One row a current visit that the newest export of its period lacks or calls cancelled.

    `patient` is the code under which the store knows the patient, `file` and `line` are where
    the visit came from, `newer_import` and `newer_file` what lacks it; `reason` is `vanished`
    or the status that the newer file gives (`cancelled`, `no_show` ...). By date, then file and
    line. A visit that a later import holds again, or that was settled, is not listed.
    """
    head = store.head()
    listed = _open(store, head)
    visits = store.current().set_index("session_key")
    listed = listed[listed["session_key"].isin(visits.index)].reset_index(drop=True)
    known = visits.loc[listed["session_key"]].reset_index(drop=True)
    files = head.events.set_index("import_id")["file"] if len(listed) else pd.Series(dtype="str")
    files = files[~files.index.duplicated()]
    found = pd.DataFrame(
        {
            "session_key": listed["session_key"],
            "patient": known["patient_id"].astype("str"),
            "date": known["session_date"],
            "therapist": known["therapist"].astype("str"),
            "condition": known["condition"].astype("str"),
            "file": known["source_file"].astype("str"),
            "line": known["source_line"],
            "reason": listed["reason"],
            "newer_import": listed["import_id"],
            "newer_file": listed["import_id"].map(files).astype("str"),
        }
    )
    return found.sort_values(["date", "file", "line"], ignore_index=True)[list(LISTED)]


def why_in_words(reason: str, newer_file: str) -> str:
    """Why a visit is listed, for people."""
    if reason == VANISHED:
        return f"not in {newer_file}, which holds its period"
    return f"{reason.replace('_', ' ')} in {newer_file}"


def _open(store: "Store", head: Head) -> pd.DataFrame:
    """What the imports in force lack, newest word of each visit, without what is settled."""
    lacking = _in_force(store.read(head, "lacking"), head).sort_values("import_id", kind="stable")
    lacking = lacking.drop_duplicates("session_key", keep="last")
    if lacking.empty:
        return lacking
    settled = _in_force(store.read(head, "settled"), head)
    kept = settled[settled["decision"] == KEEP]
    asked = pd.MultiIndex.from_frame(lacking[["session_key", "reason"]])
    answered = asked.isin(pd.MultiIndex.from_frame(kept[["session_key", "reason"]]))
    lacking = lacking[~answered]
    return lacking[lacking["import_id"] > lacking["session_key"].map(_last_seen(store, head))]


def _last_seen(store: "Store", head: Head) -> pd.Series:
    """The newest import in force that held each visit, by key."""
    names = ["import_id", "session_key"]
    held = [_in_force(store.read(head, table), head)[names] for table in ("sessions", "confirmed")]
    seen = pd.concat([rows.astype("str") for rows in held])
    return seen.groupby("session_key")["import_id"].max()


def _in_force(rows: pd.DataFrame, head: Head) -> pd.DataFrame:
    return rows[rows["import_id"].isin(head.surviving())]


def remove(store: "Store", keys: Sequence[str]) -> str:
    """Takes these visits out of the figures; returns the id under which it can be undone.

    An export that holds one of them later brings it in again. Raises OutcomesError for a visit
    that no newer export lacks: nothing else is removed so.
    """
    return _settle(store, keys, REMOVAL)


def keep(store: "Store", keys: Sequence[str]) -> str:
    """Keeps these visits and asks no more about them; returns the id to undo that with."""
    return _settle(store, keys, KEEP)


def _settle(store: "Store", keys: Sequence[str], decision: str) -> str:
    with store.writing() as writer:
        listed = vanished(store).set_index("session_key")["reason"]
        chosen = list(dict.fromkeys(keys))
        unknown = [key for key in chosen if key not in listed.index]
        if unknown or not chosen:
            raise OutcomesError(
                f"{len(unknown):,} of these are no visits that a newer export lacks."
                " `outcomes vanished` lists those that are."
                if unknown
                else "No visit was named. `outcomes vanished` lists them."
            )
        name = writer.next_import_id(hashlib.sha256("\n".join(chosen).encode()).hexdigest())
        rows = pd.DataFrame(
            {
                "import_id": name,
                "session_key": chosen,
                "reason": listed[chosen].to_numpy(),
                "decision": decision,
            }
        )
        writer.change(decision, name, {"settled": rows})
    return name
