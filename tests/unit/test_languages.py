"""Words of English, German, French, Spanish and Dutch exports, each as the term it means."""

import pytest

from pipelines.ingest import terms
from pipelines.vocabulary import load_vocabulary

WORDS = {
    "English": {
        "statuses": {
            "Checked out": "attended", "Show": "attended", "> Checked out": "attended",
            "Late Cancelled": "cancelled", "Clinician Cancelled": "cancelled",
            "Did Not Arrive": "no_show", "DNA": "no_show", "Rescheduled": "rescheduled",
            "Never Booked": "never_booked", "Waitlist": "waitlist", "Confirmed": "not_yet_attended",
        },
        "visit_types": {
            "Initial Evaluation": "evaluation", "Daily Note": "treatment",
            "Follow-up Consultation": "treatment", "Telephone review": "follow_up",
            "Follow Up": "open_follow_up", "Re-evaluation": "progress_note",
            "Discharge Summary": "discharge",
        },
        "answers": {"Yes": "yes", "x": "yes", "Checked": "yes", "✓": "yes", "No": "no", "0": "no"},
        "severities": {"mild": "mild", "Moderate": "moderate", "severe": "serious"},
        "sides": {"Left": "left", "R": "right", "bilateral": "both"},
        "sexes": {"F": "female", "Male": "male", "non-binary": "other"},
        "side_effects": {
            "sore": "soreness", "haematoma": "bruising", "tired": "fatigue", "light-headed":
            "dizziness", "flare-up": "aggravation", "PTX": "pneumothorax", "tingling": "other",
        },
        "nothing": {"None of these": "nothing", "No adverse effects": "nothing"},
    },
    "German": {
        "statuses": {
            "erschienen": "attended", "wahrgenommen": "attended", "Abgesagt": "cancelled",
            "kurzfristig abgesagt": "cancelled", "nicht erschienen": "no_show",
            "verschoben": "rescheduled", "Urlaub": "break", "gebucht": "not_yet_attended",
        },
        "visit_types": {
            "Erstbefund": "evaluation", "Ersttermin": "evaluation", "Behandlung": "treatment",
            "Folgebehandlung": "treatment", "Telefontermin": "follow_up",
            "Kontrolltermin": "open_follow_up", "Zwischenbefund": "progress_note",
            "Abschlussbefund": "discharge",
        },
        "answers": {"Ja": "yes", "WAHR": "yes", "angekreuzt": "yes", "Nein": "no", "FALSCH": "no"},
        "severities": {"leicht": "mild", "mäßig": "moderate", "mittel": "moderate",
                       "schwer": "serious"},
        "sides": {"links": "left", "rechte Seite": "right", "beidseits": "both"},
        "sexes": {"weiblich": "female", "w": "female", "männlich": "male", "divers": "other"},
        "side_effects": {
            "Muskelkater": "soreness", "Bluterguss": "bruising", "Müdigkeit": "fatigue",
            "Blutung": "bleeding", "Schwindel": "dizziness", "Kopfschmerzen": "headache",
            "Übelkeit": "nausea", "Verschlechterung": "aggravation", "Kribbeln": "other",
        },
        "nothing": {"keine": "nothing", "keine Nebenwirkungen": "nothing"},
    },
    "French": {
        "statuses": {
            "présent": "attended", "honoré": "attended", "Annulé": "cancelled",
            "annulation tardive": "cancelled", "rendez-vous manqué": "no_show",
            "reporté": "rescheduled", "liste d’attente": "waitlist", "à venir": "not_yet_attended",
        },
        "visit_types": {
            "bilan initial": "evaluation", "séance": "treatment", "suivi téléphonique": "follow_up",
            "suivi": "open_follow_up", "bilan intermédiaire": "progress_note",
            "bilan final": "discharge",
        },
        "answers": {"Oui": "yes", "VRAI": "yes", "coché": "yes", "Non": "no", "FAUX": "no"},
        "severities": {"léger": "mild", "modérée": "moderate", "sévère": "serious"},
        "sides": {"gauche": "left", "droite": "right", "les deux": "both"},
        "sexes": {"femme": "female", "homme": "male", "autre": "other"},
        "side_effects": {
            "courbatures": "soreness", "hématome": "bruising", "épuisement": "fatigue",
            "saignement": "bleeding", "vertiges": "dizziness", "maux de tête": "headache",
            "nausées": "nausea", "aggravation des symptômes": "aggravation", "picotements": "other",
        },
        "nothing": {"aucun": "nothing", "pas d’effets secondaires": "nothing"},
    },
    "Spanish": {
        "statuses": {
            "asistió": "attended", "Atendido": "attended", "cancelada": "cancelled",
            "no asistió": "no_show", "no se presentó": "no_show", "reprogramada": "rescheduled",
            "lista de espera": "waitlist", "pendiente": "not_yet_attended",
        },
        "visit_types": {
            "primera visita": "evaluation", "valoración inicial": "evaluation",
            "sesión": "treatment", "llamada de seguimiento": "follow_up",
            "seguimiento": "open_follow_up", "reevaluación": "progress_note", "alta": "discharge",
        },
        "answers": {"Sí": "yes", "VERDADERO": "yes", "marcado": "yes", "no": "no", "FALSO": "no"},
        "severities": {"leve": "mild", "moderado": "moderate", "grave": "serious"},
        "sides": {"izquierdo": "left", "derecha": "right", "ambos": "both"},
        "sexes": {"mujer": "female", "hombre": "male", "otro": "other"},
        "side_effects": {
            "agujetas": "soreness", "moretones": "bruising", "cansancio": "fatigue",
            "sangrado": "bleeding", "mareos": "dizziness", "dolor de cabeza": "headache",
            "náuseas": "nausea", "empeoramiento": "aggravation", "hormigueo": "other",
        },
        "nothing": {"ninguno": "nothing", "sin efectos secundarios": "nothing"},
    },
    "Dutch": {
        "statuses": {
            "verschenen": "attended", "Aanwezig": "attended", "geannuleerd": "cancelled",
            "te laat afgezegd": "cancelled", "niet verschenen": "no_show",
            "verplaatst": "rescheduled", "wachtlijst": "waitlist", "gepland": "not_yet_attended",
        },
        "visit_types": {
            "intake": "evaluation", "eerste consult": "evaluation", "behandeling": "treatment",
            "telefonisch consult": "follow_up", "controle": "open_follow_up",
            "tussenevaluatie": "progress_note", "eindevaluatie": "discharge",
        },
        "answers": {"Ja": "yes", "WAAR": "yes", "aangevinkt": "yes", "Nee": "no", "ONWAAR": "no"},
        "severities": {"licht": "mild", "matig": "moderate", "ernstig": "serious"},
        "sides": {"linker": "left", "rechts": "right", "beiderzijds": "both"},
        "sexes": {"vrouw": "female", "v": "female", "man": "male", "anders": "other"},
        "side_effects": {
            "spierpijn": "soreness", "blauwe plek": "bruising", "vermoeidheid": "fatigue",
            "bloeding": "bleeding", "duizeligheid": "dizziness", "hoofdpijn": "headache",
            "misselijkheid": "nausea", "verergering": "aggravation", "tintelingen": "other",
        },
        "nothing": {"geen": "nothing", "geen bijwerkingen": "nothing"},
    },
}  # fmt: skip
EVERY = [(language, name) for language, lists in WORDS.items() for name in lists]


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_each_word_is_the_term_it_means(language: str, name: str):
    expected = WORDS[language][name]
    known = getattr(load_vocabulary(), name)
    assert {word: known.find(word) for word in expected} == expected


def test_every_language_has_words_in_every_list():
    assert {tuple(lists) for lists in WORDS.values()} == {tuple(WORDS["English"])}


@pytest.mark.parametrize("text", ["2", "?", "perhaps", "vielleicht", "peut-être", "quizás"])
def test_what_is_neither_yes_nor_no_is_not_guessed(text: str):
    assert terms.answer(load_vocabulary())(text).problem == "answer_not_understood"
