"""Names that a person types, as a Selection; an unknown one is told the nearest."""

from datetime import date

import pytest

from pipelines.errors import OutcomesError
from pipelines.filters import selection_of
from pipelines.selection import Selection
from tests.support.clinics import clinic

DATA = clinic(
    """
    patient | date       | condition  | therapist | clinic | technique | chronicity
    P1      | 2025-01-06 | Neck pain  | Ada Lang  | North  | deep      | acute
    P2      | 2025-01-07 | Headache   | Bo        | South  | electrical | chronic
    """
)


def chosen(**given: tuple[str, ...]) -> tuple[Selection, dict]:
    return selection_of(DATA, None, None, given)


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("condition", "neck pain", "Neck pain"),
        ("condition", "NECK  PAIN", "Neck pain"),
        ("condition", "low back pain", "Low back pain"),
        ("condition", "unspecified", "unspecified"),
        ("condition", "unmapped", "unmapped"),
        ("technique", "DDN", "deep"),
        ("technique", "Electrical", "electrical"),
        ("technique", "mixed", "mixed"),
        ("technique", "unknown", "unknown"),
        ("chronicity", "sub-acute", "subacute"),
        ("therapist", " ada lang ", "Ada Lang"),
        ("clinic", "NORTH", "North"),
    ],
)
def test_any_name_or_synonym_in_any_case_is_the_one_it_means(kind: str, text: str, name: str):
    selection, filters = chosen(**{kind: (text,)})
    assert getattr(selection, kind) == (name,)
    assert filters == {kind: [name]}


def test_several_names_and_both_ends_of_the_period():
    start, end = date(2025, 1, 1), date(2025, 3, 31)
    selection, filters = selection_of(DATA, start, end, {"technique": ("deep", "SDN")})
    assert selection == Selection(start=start, end=end, technique=("deep", "superficial"))
    assert filters == {
        "from": "2025-01-01",
        "to": "2025-03-31",
        "technique": ["deep", "superficial"],
    }


def test_nothing_given_is_everything():
    assert chosen() == (Selection(), {})


@pytest.mark.parametrize(
    ("kind", "text", "nearest"),
    [
        ("condition", "neck pian", "Neck pain"),
        ("technique", "electrcal", "electrical"),
        ("therapist", "Ada Lange", "Ada Lang"),
        ("clinic", "Nort", "North"),
        ("chronicity", "cronic", "chronic"),
    ],
)
def test_an_unknown_name_is_told_the_nearest(kind: str, text: str, nearest: str):
    with pytest.raises(OutcomesError, match=f"No {kind} is called .*Did you mean '{nearest}'"):
        chosen(**{kind: (text,)})


def test_where_nothing_is_near_nothing_is_proposed():
    with pytest.raises(OutcomesError) as told:
        chosen(clinic=("Xyzzyq",))
    assert str(told.value) == "No clinic is called 'Xyzzyq'."


def test_a_period_that_ends_before_it_begins_is_told():
    with pytest.raises(OutcomesError, match=r"ends .2025-01-01. before it begins"):
        selection_of(DATA, date(2025, 2, 1), date(2025, 1, 1), {})
