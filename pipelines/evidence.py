"""Published figures, thresholds and claims, each with its citation: loaded from data/evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import TypeVar

from pipelines import tables
from pipelines.errors import OutcomesError
from pipelines.places import EVIDENCE
from pipelines.toml_tables import Entry, read_entries, record

Record = TypeVar("Record")

CLAIMS = 17
SETTINGS = ("low_frequency_hz", "high_frequency_hz", "superficial_mm", "cell_size")
"""Settings that start from a published value."""
PLACEHOLDERS = (
    "period", "n", "of", "percent", "low", "high", "known", "median", "limits", "by_session",
    "group", "missing", "worse", "n_reference", "of_reference", "percent_reference",
    "difference", "difference_low", "difference_high",
    "difference_lasting", "low_lasting", "high_lasting",
    "lowest", "responder", "improved", "low_hz", "high_hz",
)  # fmt: skip
"""What a publishable sentence may hold; `known` is the share followed up or recorded."""
NEEDED = ("period", "of", "known")
"""What every publishable sentence says: when, among how many, and what share is known."""


@dataclass(frozen=True)
class Citation:
    """Where a figure was published; `where` is volume and pages, or the place in a law."""

    name: str
    authors: str
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    where: str | None = None

    def __str__(self) -> str:
        """In one line, such as "Brady et al., J Man Manip Ther 2014;22:134-140"."""
        dated = " ".join(str(part) for part in (self.journal, self.year) if part)
        if self.where and self.year:
            dated = f"{dated};{self.where}"
        parts = (self.authors, self.title, dated, None if self.year else self.where)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class PublishedRate:
    """A side-effect rate: `rate` per `per` of `unit`, or from `low` to `high`, or `at_most`.

    `measure` says what is counted: events, serious events, or people with any.
    """

    name: str
    measure: str
    per: int
    unit: str
    definition: str
    how_asked: str
    source: str
    effect: str | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    at_most: float | None = None
    one_in: int | None = None
    count: int | None = None
    n: int | None = None
    clinicians: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Threshold:
    """A size of change that matters: points of the scale, or percent of the baseline."""

    name: str
    measure: str
    meaning: str
    points: float | None = None
    points_high: float | None = None
    percent: float | None = None
    percent_high: float | None = None
    percent_of_scale: float | None = None
    baseline_low: float | None = None
    baseline_high: float | None = None
    condition: str | None = None
    instrument: str | None = None
    population: str | None = None
    n: int | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Finding:
    """What a study outside the clinic found; `claims` are those that it bears on."""

    name: str
    about: str
    result: str
    claims: tuple[int, ...] = ()
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    size: str | None = None
    quality: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Closing:
    """What follows a publishable sentence."""

    name: str
    text: str


@dataclass(frozen=True)
class Claim:
    """One claim of the clinic's page, how it is tested, and what may be printed instead."""

    number: int
    name: str
    gist: str
    measure: str
    tests: str
    supported: str
    rule_given: bool
    sentence: str
    closing: str
    why: str
    otherwise: str | None = None
    groups: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()

    @property
    def placeholders(self) -> frozenset[str]:
        """The names to be filled in. Raises ValueError where a brace is not closed."""
        return names_in(self.sentence)


def names_in(sentence: str) -> frozenset[str]:
    """The placeholders of a sentence. Raises ValueError where a brace is not closed."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


@dataclass(frozen=True)
class Boundary:
    """Where one technique ends; the setting named starts from this value."""

    name: str
    kind: str
    value: float
    unit: str
    setting: str
    note: str


@dataclass(frozen=True)
class Caution:
    """What has to be said beside a comparison with published figures."""

    name: str
    text: str


@dataclass(frozen=True)
class PublishingRule:
    """What a figure must have, or must not have, before it is printed."""

    name: str
    text: str
    forbidden: tuple[str, ...] = ()
    minimum: int | None = None
    setting: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Evidence:
    """Everything published that the program shows, by name (claims by number)."""

    citations: Mapping[str, Citation]
    rates: Mapping[str, PublishedRate]
    thresholds: Mapping[str, Threshold]
    findings: Mapping[str, Finding]
    boundaries: Mapping[str, Boundary]
    cautions: Mapping[str, Caution]
    publishing: Mapping[str, PublishingRule]
    closings: Mapping[str, Closing]
    claims: Mapping[int, Claim]

    def citation(self, shown: PublishedRate | Threshold | Finding | PublishingRule) -> str | None:
        """The source in one line; None for the few figures given without one."""
        return str(self.citations[shown.source]) if shown.source else None

    def rates_of(self, effect: str | None) -> tuple[PublishedRate, ...]:
        """Published rates of one side effect, or (None) of any."""
        return tuple(rate for rate in self.rates.values() if rate.effect == effect)

    def findings_on(self, claim: int) -> tuple[Finding, ...]:
        """What studies outside the clinic say about a claim."""
        return tuple(finding for finding in self.findings.values() if claim in finding.claims)

    def sentence(self, claim: int, otherwise: bool = False) -> str:
        """The template to print instead of a claim, with what always follows it.

        `otherwise` is the one where its main figure is not there, if the claim has such.
        """
        found = self.claims[claim]
        chosen = found.otherwise if otherwise and found.otherwise else found.sentence
        return f"{chosen} {self.closings[found.closing].text}"


@lru_cache(maxsize=8)
def load_evidence(folder: Path = EVIDENCE) -> Evidence:
    """Everything in the folder. Raises OutcomesError that names file, line and what is allowed."""
    citations = _named(folder / "citations.toml", "citation", Citation)
    sources = {"source": citations}
    settings = {"setting": SETTINGS}
    rates = _named(
        folder / "side_effect_rates.toml",
        "rate",
        PublishedRate,
        sources | {"effect": tables.SIDE_EFFECTS, "measure": ("events", "serious", "people")},
    )
    scales = {"measure": ("pain", "function"), "instrument": tables.INSTRUMENTS}
    claims = read_entries(folder / "claims.toml", ["closing", "claim"])
    closings = _by_name(claims["closing"], Closing)
    return Evidence(
        citations=citations,
        rates=rates,
        thresholds=_named(folder / "thresholds.toml", "threshold", Threshold, sources | scales),
        findings=_named(
            folder / "findings.toml",
            "finding",
            Finding,
            sources | {"claims": range(1, CLAIMS + 1)},
        ),
        boundaries=_named(
            folder / "boundaries.toml",
            "boundary",
            Boundary,
            settings | {"kind": ("up_to", "from"), "unit": ("Hz", "mm")},
        ),
        cautions=_named(folder / "cautions.toml", "caution", Caution),
        publishing=_named(folder / "publishing.toml", "rule", PublishingRule, sources | settings),
        closings=closings,
        claims=_claims(claims["claim"], {"rates": rates, "closing": closings}),
    )


def _named(
    path: Path,
    table: str,
    kind: type[Record],
    allowed: Mapping[str, Collection[object]] | None = None,
) -> dict[str, Record]:
    return _by_name(read_entries(path, [table])[table], kind, allowed)


def _by_name(
    entries: list[Entry],
    kind: type[Record],
    allowed: Mapping[str, Collection[object]] | None = None,
    key: str = "name",
) -> dict[object, Record]:
    found: dict[object, Record] = {}
    for entry in entries:
        made = record(entry, kind, allowed=allowed)
        name = getattr(made, key)
        if name in found:
            raise entry.problem(f"the {key} {name!r} stands here twice.", key)
        found[name] = made
    return found


def _claims(entries: list[Entry], allowed: Mapping[str, Collection[object]]) -> dict[object, Claim]:
    claims = _by_name(entries, Claim, allowed | {"number": range(1, CLAIMS + 1)}, "number")
    missing = sorted(set(range(1, CLAIMS + 1)) - set(claims))
    if missing:
        raise OutcomesError(f"claims.toml lacks claim {missing[0]}; there are {CLAIMS}.")
    for entry, claim in zip(entries, claims.values(), strict=True):
        _check_sentence(entry, claim)
    return claims


def _check_sentence(entry: Entry, claim: Claim) -> None:
    for key in ("sentence", "otherwise"):
        if getattr(claim, key) is not None:
            _check_template(entry, key, getattr(claim, key))


def _check_template(entry: Entry, key: str, template: str) -> None:
    try:
        used = names_in(template)
    except ValueError:
        raise entry.problem(f"{key} has a brace that is not closed.", key) from None
    for name in sorted(used - set(PLACEHOLDERS)):
        sentence = f"{key} has {{{name}}}; allowed: {', '.join(PLACEHOLDERS)}."
        raise entry.problem(sentence, key)
    for name in sorted(set(NEEDED) - used):
        raise entry.problem(f"{key} lacks {{{name}}}, which it must name.", key)
