"""The sentence to print instead of a claim: filled in from rounded parts, or why there is none."""

from collections.abc import Callable

from pipelines.claims.blanks import Hidden, filled_in
from pipelines.claims.held import NOT_ENOUGH, Blanks, Sentence, Tested
from pipelines.claims.published import Published, published
from pipelines.claims.tally import Tally
from pipelines.evidence import Claim, Evidence
from pipelines.publish.disclosure import cell_size
from pipelines.settings import Settings

TOO_FEW = "There is no sentence to print: there are not enough data."
HIDDEN = (
    "There is no sentence to print: {what} may not be told. Fewer than {cell} patients, or one"
    " patient above all, stand behind it or behind what is left, so it could point to a person."
)


Counts = Callable[[str, Tally], Published | None]
"""A count as it may leave, by its name (`count_name`)."""


def sentences(
    claim: Claim,
    tested: Tested,
    settings: Settings,
    period: str,
    evidence: Evidence,
    counts: Counts | None = None,
) -> tuple[Sentence, ...]:
    """One sentence, or one a group; each is neutral, whatever the verdict.

    Without `counts` each count is held against the rules by itself; a release looks it up.
    """
    if not tested.blanks:
        few = tested.verdict == NOT_ENOUGH
        return (Sentence(None, TOO_FEW if few else _hidden("one of its counts", settings)),)
    counts = counts or (lambda _, tally: published(tally, settings))
    return tuple(
        _sentence(claim, blanks, settings, period, evidence, counts) for blanks in tested.blanks
    )


def count_name(claim: Claim, group: str | None, share: str) -> str:
    """What a count of a sentence is called, such as "acute_and_chronic.acute pain.worse"."""
    return ".".join(part for part in (claim.name, group, share or "main") if part)


def _sentence(
    claim: Claim,
    blanks: Blanks,
    settings: Settings,
    period: str,
    evidence: Evidence,
    counts: Counts,
) -> Sentence:
    shown = {
        share: counts(count_name(claim, blanks.group, share), tally)
        for share, tally in blanks.shares.items()
    }
    try:
        values = filled_in(blanks, shown, settings) | {"period": period}
    except Hidden as hidden:
        return Sentence(None, _hidden(str(hidden), settings), blanks.group)
    if blanks.group:
        values["group"] = blanks.group
    text = evidence.sentence(claim.number, blanks.otherwise).format(**values)
    return Sentence(text, None, blanks.group, tuple(sorted(values.items())))


def _hidden(what: str, settings: Settings) -> str:
    return HIDDEN.format(what=what, cell=cell_size(settings))
