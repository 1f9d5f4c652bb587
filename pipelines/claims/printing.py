"""The sentence to print instead of a claim: filled in from rounded parts, or why there is none."""

from pipelines.claims.blanks import Hidden, filled_in
from pipelines.claims.held import NOT_ENOUGH, Blanks, Sentence, Tested
from pipelines.evidence import Claim, Evidence
from pipelines.publish.disclosure import cell_size
from pipelines.settings import Settings

TOO_FEW = "There is no sentence to print: there are not enough data."
HIDDEN = (
    "There is no sentence to print: {what} may not be told. Fewer than {cell} patients, or one"
    " patient above all, stand behind it or behind what is left, so it could point to a person."
)


def sentences(
    claim: Claim, tested: Tested, settings: Settings, period: str, evidence: Evidence
) -> tuple[Sentence, ...]:
    """One sentence, or one a group; each is neutral, whatever the verdict."""
    if not tested.blanks:
        few = tested.verdict == NOT_ENOUGH
        return (Sentence(None, TOO_FEW if few else _hidden("one of its counts", settings)),)
    return tuple(_sentence(claim, blanks, settings, period, evidence) for blanks in tested.blanks)


def _sentence(
    claim: Claim, blanks: Blanks, settings: Settings, period: str, evidence: Evidence
) -> Sentence:
    try:
        values = filled_in(blanks, settings) | {"period": period}
    except Hidden as hidden:
        return Sentence(None, _hidden(str(hidden), settings), blanks.group)
    if blanks.group:
        values["group"] = blanks.group
    text = evidence.sentence(claim.number, blanks.otherwise).format(**values)
    return Sentence(text, None, blanks.group, tuple(sorted(values.items())))


def _hidden(what: str, settings: Settings) -> str:
    return HIDDEN.format(what=what, cell=cell_size(settings))
