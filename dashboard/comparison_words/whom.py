"""Whether the difference is another one for some patients: the tests in words."""

from dashboard import theme
from dashboard.phrases import Row, several
from pipelines.listing import listed
from pipelines.measures.comparison.for_whom import (
    BAND,
    FEWEST_A_LEVEL,
    NO_SIGN,
    TOO_FEW,
    VARIES,
)

KINDS = {
    "condition": ("By condition", "conditions"),
    "chronicity": ("By chronicity", "stages of the complaint"),
    BAND: ("By pain before", "levels of pain before"),
}


def heading(modifier: str) -> str:
    """What the levels are of: "By condition"."""
    return KINDS[modifier][0]


def tested(row: Row) -> str:
    """The one test of one kind of patients, in words."""
    start, many = KINDS[row["modifier"]]
    if row["verdict"] == TOO_FEW or not theme.known(row["p_holm"]):
        return (
            f"{start}: too few to say; a test needs two groups with at least {FEWEST_A_LEVEL} "
            "patients on each side."
        )
    chance = f"{theme.p_value(row['p_holm'])}, {several(int(row['levels']), 'group')} tested"
    if row["verdict"] == NO_SIGN:
        return f"{start}: no sign that the difference varies between {many} ({chance})."
    return f"{start}: the difference varies between {many} ({chance})."


def drawn() -> str:
    """Why the filled dots lie closer together than the hollow ones."""
    return (
        "Small groups scatter by chance, so each is drawn towards the mean of all, the more the "
        "fewer patients it has."
    )


NOBODY = "This needs patients of both groups in two conditions, stages or levels of pain."


def title(tests: list[Row]) -> str:
    """Whether the difference is another one for some patients."""
    varies = [row for row in tests if row["verdict"] == VARIES]
    if varies:
        kinds = listed([KINDS[row["modifier"]][1] for row in varies])
        return f"The difference varies between {kinds}"
    if all(row["verdict"] == TOO_FEW for row in tests):
        return "For whom: too few to say"
    return "No sign that the difference varies between patients"
