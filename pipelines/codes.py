"""ICD-10-CM codes to conditions, and CPT or HCPCS codes to what was done."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.toml_tables import Entry, read_entries, record

SIDE_OF_DIGIT = {"1": "right", "2": "left", "3": "both"}
ICD10 = r"[A-Z][0-9][0-9AB](?:\.?[0-9A-Z]{1,4})?"
ANYWHERE = re.compile(rf"(?<![A-Z0-9.]){ICD10}(?![A-Z0-9])")
AT_START = re.compile(rf"\s*(?:ICD-?10(?:-?CM)?\s*[:\s]\s*)?[(\[]?{ICD10}(?![A-Z0-9])")
PATTERN = re.compile(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{0,4}\**#?)?")
PROCEDURE = re.compile(r"(?<![A-Z0-9])(?:[0-9]{5}|[A-Z][0-9]{4})(?![0-9])")


@dataclass(frozen=True)
class Coded:
    """What a diagnosis says: the condition, and side and region where it tells them."""

    condition: str
    side: str | None
    region: str | None


@dataclass(frozen=True)
class Diagnosis:
    """One line of the code list: `code` is a prefix, `#` where the digit for the side stands."""

    code: str
    condition: str
    meaning: str
    region: str | None = None

    @property
    def prefix(self) -> str:
        return self.code.replace(".", "").rstrip("*#")

    def side_in(self, code: str) -> str | None:
        """The side that a whole code without dots names; None where it names none."""
        position = self.code.replace(".", "").find("#")
        return SIDE_OF_DIGIT.get(code[position : position + 1]) if position >= 0 else None


@dataclass(frozen=True)
class Procedure:
    """One billing code and what it says was done."""

    code: str
    meaning: str
    needling: bool = False
    muscles: str | None = None
    adjunct: str | None = None
    electrical: bool = False


@dataclass(frozen=True)
class Procedures:
    """What all billing codes of one cell together say was done."""

    needling: bool = False
    muscles: str | None = None
    adjuncts: frozenset[str] = field(default_factory=frozenset)
    electrical: bool = False


MUSCLES = ("1-2", "3 or more")


def looks_like_code(text: str) -> bool:
    """Whether the text begins like an ICD-10-CM code, known or not."""
    return AT_START.match(text.upper()) is not None


def diagnosis(text: str, known: Mapping[str, Diagnosis]) -> tuple[Diagnosis, str | None] | None:
    """The first code in the text that maps, by longest prefix, with the side it names."""
    for found in ANYWHERE.findall(text.upper()):
        code = found.replace(".", "")
        for length in range(len(code), 2, -1):
            if code[:length] in known:
                line = known[code[:length]]
                return line, line.side_in(code)
    return None


def procedures(text: str, known: Mapping[str, Procedure]) -> Procedures | None:
    """What the known billing codes in the text say together; None if there is none."""
    done = [known[code] for code in PROCEDURE.findall(text.upper()) if code in known]
    if not done:
        return None
    return Procedures(
        needling=any(code.needling for code in done),
        muscles=max(
            (code.muscles for code in done if code.muscles), key=MUSCLES.index, default=None
        ),
        adjuncts=frozenset(code.adjunct for code in done if code.adjunct),
        electrical=any(code.electrical for code in done),
    )


def read_diagnoses(
    path: Path, conditions: Collection[str], regions: Collection[str]
) -> dict[str, Diagnosis]:
    """The `[[code]]` entries of a file, by the prefix that they match."""
    known: dict[str, Diagnosis] = {}
    for entry in read_entries(path, ["code"])["code"]:
        line = record(entry, Diagnosis, allowed={"condition": conditions, "region": regions})
        if not PATTERN.fullmatch(line.code):
            raise entry.problem(f"code {line.code!r} must look like M54.2 or M25.51#.", "code")
        _refuse_twice(entry, line.prefix, known)
        known[line.prefix] = line
    return known


def read_procedures(path: Path, adjuncts: Collection[str]) -> dict[str, Procedure]:
    """The `[[procedure]]` entries of a file, by code."""
    known: dict[str, Procedure] = {}
    for entry in read_entries(path, ["procedure"])["procedure"]:
        line = record(entry, Procedure, allowed={"adjunct": adjuncts, "muscles": MUSCLES})
        if not PROCEDURE.fullmatch(line.code):
            raise entry.problem(f"code {line.code!r} must look like 20560 or G0283.", "code")
        _refuse_twice(entry, line.code, known)
        known[line.code] = line
    return known


def _refuse_twice(entry: Entry, code: str, known: Mapping[str, object]) -> None:
    if code in known:
        raise entry.problem(f"the code {code} stands here twice.", "code")
