"""Words of a clinic that no shipped list knows: what they could mean, and what was answered."""

from dataclasses import dataclass

from pipelines.errors import BadUsage
from pipelines.ingest.questions import Choice
from pipelines.vocabulary import Terms, Vocabulary, load_vocabulary

LISTS = (
    "conditions", "techniques", "visit_types", "side_effects", "adjuncts", "contraindications",
    "body_regions", "sides", "sexes", "chronicities", "instruments", "statuses",
)  # fmt: skip
"""Lists of which a clinic may have its own words; beside them the names in NAMES."""
NAMES = {"therapists": "therapist", "clinics": "clinic"}
"""Lists of names, each with its column: a word is one spelling, its term another one."""
NOTHING = Choice("", "Nothing that is kept")
NONE = Choice("nothing", "None", "asked for, and there was none")
NEEDLING = Choice("needling", "Needling", "the technique is not told")


@dataclass(frozen=True)
class Answered:
    """What answers changed: current visits that read otherwise, and rows out of quarantine."""

    import_id: str
    visits: int
    taken_in: int


def choices(name: str) -> tuple[Choice, ...]:
    """What a word of this list could mean, in the order of the list; the last may be nothing.

    For names of people and clinics there is no list: any other spelling of the store may be told.
    """
    if name in NAMES:
        return ()
    offered = tuple(Choice(term.name, term.label) for term in terms_of(name, load_vocabulary()))
    further = {
        "techniques": (NEEDLING,),
        "side_effects": (NONE,),
        "adjuncts": (NONE,),
        "contraindications": (NONE,),
    }.get(name, ())
    return (*offered, *further, *(() if name == "statuses" else (NOTHING,)))


def terms_of(name: str, vocabulary: Vocabulary) -> Terms:
    """One list. Raises BadUsage where there is none of this name."""
    if name not in LISTS:
        known = ", ".join((*LISTS, *NAMES))
        raise BadUsage(f"There is no list {name!r}. Use one of: {known}.")
    return getattr(vocabulary, name)
