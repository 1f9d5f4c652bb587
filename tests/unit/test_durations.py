"""How long a condition has lasted, in five languages, as its stage."""

import pytest

from pipelines.ingest.cells import Reading
from pipelines.ingest.durations import chronicity
from pipelines.ingest.terms import as_word
from pipelines.vocabulary import load_vocabulary

STAGES = {
    "English": {
        "for 3 weeks": "acute", "3 weeks ago": "acute", "two months": "subacute", "3mo": "chronic",
        "a year": "chronic", "3+ months": "chronic", "2-3 weeks": "acute", "7-8 wks": "subacute",
        "up to 6 weeks": "acute", "several years": "chronic", "a few days": "acute",
    },
    "German": {
        "seit 3 Wochen": "acute", "3 Wochen lang": "acute", "zwei Monate": "subacute",
        "seit über 3 Monaten": "chronic", "mehr als 12 Wochen": "chronic", "1,5 Jahre": "chronic",
        "weniger als 6 Wochen": "acute", "seit Jahren": "chronic", "akut": "acute",
    },
    "French": {
        "depuis 2 mois": "subacute", "il y a 3 semaines": "acute", "plus d’un an": "chronic",
        "moins d'un mois": "acute", "depuis des années": "chronic", "subaiguë": "subacute",
        "depuis 3 à 4 semaines": "acute", "12 jours": "acute",
    },
    "Spanish": {
        "hace 6 semanas": "subacute", "desde hace 2 años": "chronic", "dos semanas": "acute",
        "más de 3 meses": "chronic", "menos de 6 semanas": "acute", "hace años": "chronic",
        "3 días": "acute", "crónico": "chronic",
    },
    "Dutch": {
        "sinds 3 maanden": "chronic", "al 3 weken": "acute", "twee maanden": "subacute",
        "langer dan 3 maanden": "chronic", "minder dan 6 weken": "acute", "al jaren": "chronic",
        "een jaar": "chronic", "5 dagen": "acute",
    },
}  # fmt: skip
OPEN = (
    "> 6 weeks", "6+ weeks", "less than 3 months", "moins de 3 mois", "4-8 weeks", "about 6 weeks",
    "2 J", "some time", "since the accident", "weeks", "5",
)  # fmt: skip


def read(text: str, header: str = "Duration") -> Reading:
    return chronicity(load_vocabulary(), header)(text)


@pytest.mark.parametrize("language", STAGES)
def test_a_duration_tells_the_stage(language: str):
    expected = STAGES[language]
    assert {text: read(text).value for text in expected} == expected


@pytest.mark.parametrize("text", OPEN)
def test_what_leaves_the_stage_open_is_kept_as_a_word_to_ask_about(text: str):
    assert read(text) == Reading(as_word(text), "unknown_chronicity")


@pytest.mark.parametrize(
    "header", ["Weeks since onset", "Dauer (Wochen)", "Durée en semaines", "Duur in weken"]
)
def test_the_unit_may_stand_in_the_header(header: str):
    assert [read(text, header).value for text in ("5", "6", "13")] == [
        "acute", "subacute", "chronic",
    ]  # fmt: skip
