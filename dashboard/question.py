"""What the Techniques page is asked: what is compared, with which, and which pair closer.

Pure: a Question, how a link says it, and which one a link means. `filters` has the rest of
the link.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from dashboard.comparison_words.groups import SUBJECTS
from pipelines.measures.comparison.groups import TECHNIQUE
from pipelines.measures.comparison.rows import HORIZONS, LASTING

UNKNOWN = "The link asks for a comparison that is not known; it was ignored."


@dataclass(frozen=True)
class Question:
    """Blank sides mean the usual reference, and the first pair that can be compared."""

    feature: str = TECHNIQUE
    reference: str = ""
    group: str = ""
    horizon: str = LASTING


NAMES = {"feature": "compare", "reference": "with", "group": "closer", "horizon": "horizon"}
"""What each part is called in a link."""


def to_query(question: Question) -> dict[str, str]:
    """The question as URL parameters; what is as at the start is left out."""
    first = Question()
    return {
        NAMES[field.name]: getattr(question, field.name)
        for field in fields(Question)
        if getattr(question, field.name) != getattr(first, field.name)
    }


def from_query(query: Mapping[str, str]) -> tuple[Question, str]:
    """The question that URL parameters mean, and a sentence where they mean none.

    Groups are checked by `kept`, which knows those of the feature.
    """
    given = {name: query[key] for name, key in NAMES.items() if query.get(key)}
    if given.get("feature", TECHNIQUE) not in SUBJECTS:
        return Question(), UNKNOWN
    if given.get("horizon", LASTING) not in HORIZONS:
        return Question(given.get("feature", TECHNIQUE)), UNKNOWN
    return Question(**given), ""


def kept(question: Question, groups: Collection[str], usual: str) -> Question:
    """The question without sides that the feature does not have, or that are what they were."""
    reference = question.reference if question.reference in groups else ""
    reference = "" if reference == usual else reference
    return replace(
        question,
        reference=reference,
        group=question.group if question.group != (reference or usual) else "",
    )


def changed(question: Question, part: str, value: str) -> Question:
    """The question with one part chosen; sides that belonged to another choice go."""
    new = replace(question, **{part: value})
    if part == "feature":
        return replace(new, reference="", group="")
    return replace(new, group="") if part == "reference" else new
