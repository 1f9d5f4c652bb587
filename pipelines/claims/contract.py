"""The held claims as one plain object and as rows: `outcomes claims --json` and `--csv`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from pipelines.claims.held import Figure, Held
from pipelines.claims.wording.check import Checked
from pipelines.selection import Clinic
from pipelines.settings import Settings

NOTE = (
    "The clinic's own figures, without a comparison group: they say what its patients reported,"
    " never what the needling did. Seventeen claims are looked at: among so many, one or another"
    " comes out well by chance. `sentence` is rounded and may be printed; `figures` and `reason`"
    " are exact and for the clinic alone."
)


def claims_contract(
    held: Sequence[Held], clinic: Clinic, settings: Settings, filters: dict
) -> dict[str, Any]:
    """filters, as_of, settings, note, claims. Missing is null."""
    return {
        "filters": filters,
        "as_of": clinic.as_of.isoformat() if clinic.as_of else None,
        "settings": settings.version,
        "note": NOTE,
        "claims": [_claim(one) for one in held],
    }


def claims_rows(held: Sequence[Held]) -> list[dict[str, Any]]:
    """One row a figure of each claim."""
    return [_row(one, figure) for one in held for figure in one.figures]


def _claim(held: Held) -> dict[str, Any]:
    return {
        "claim": held.number,
        "name": held.name,
        "gist": held.gist,
        "tests": held.tests,
        "rule": held.rule,
        "rule_given": held.rule_given,
        "verdict": held.verdict,
        "reason": held.reason,
        "figures": [_plain_figure(figure) for figure in held.figures],
        "sentence": next((one.text for one in held.sentences if one.text), None),
        "sentences": [
            {"group": one.group, "sentence": one.text, "why_not": one.why_not}
            for one in held.sentences
        ],
        "outside": [asdict(one) for one in held.outside],
    }


def _plain_figure(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.about,
        "group": figure.group,
        "unit": figure.unit,
        "value": _plain(figure.value),
        "ci": _interval(figure),
        "n": _plain(figure.n),
        "of": _plain(figure.of),
        "patients": _plain(figure.patients),
        "verdict": figure.verdict,
    }


def _interval(figure: Figure) -> list | None:
    limits = [_plain(figure.low), _plain(figure.high)]
    return None if limits == [None, None] else limits


def _row(held: Held, figure: Figure) -> dict[str, Any]:
    return {
        "claim": held.number,
        "name": held.name,
        "verdict": figure.verdict or held.verdict,
        "figure": figure.about,
        "group": figure.group,
        "unit": figure.unit,
        "value": _plain(figure.value),
        "low": _plain(figure.low),
        "high": _plain(figure.high),
        "n": _plain(figure.n),
        "of": _plain(figure.of),
        "patients": _plain(figure.patients),
    }


def _plain(value: Any) -> Any:
    """A plain Python value; missing is None."""
    if value is None or not np.isfinite(value):
        return None
    return value.item() if hasattr(value, "item") else value


def wording_contract(
    checked: Sequence[Checked], file: str, clinic: Clinic, settings: Settings, filters: dict
) -> dict[str, Any]:
    """file, filters, as_of, settings, marked, sentences (line, sentence, fine, marks, ...)."""
    return {
        "file": file,
        "filters": filters,
        "as_of": clinic.as_of.isoformat() if clinic.as_of else None,
        "settings": settings.version,
        "marked": sum(not one.fine for one in checked),
        "sentences": [_sentence(one) for one in checked],
    }


def _sentence(checked: Checked) -> dict[str, Any]:
    return {
        "line": checked.line,
        "sentence": checked.text,
        "fine": checked.fine,
        "marks": [asdict(mark) for mark in checked.marks],
        "cites": checked.cites,
        "could_cite": checked.could_cite,
        "print_instead": checked.print_instead,
    }
