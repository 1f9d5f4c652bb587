"""German, French, Spanish and Dutch: headers, statuses, yes and no, effects, months."""

from tests.corpus.clinic import SHORT, Writer, constant, dated, listed, same, says, scored, worded
from tests.corpus.files.spreadsheets import comma
from tests.corpus.labels import File, accepted, labelled
from tests.corpus.sheet import Sheet, sheet

KIND = "languages"


def foreign(
    headers: str,
    status: str,
    yes: str,
    no: str,
    types: dict,
    conditions: dict,
    techniques: dict,
    effects: dict,
    date: str = "%d.%m.%Y",
) -> Sheet:
    """The clinic under headers of one language, between bars, with the words of it."""
    writers = (
        same("patient_id"),
        dated(date),
        constant(status),
        worded("visit_type", **types),
        same("therapist"),
        worded("condition", **conditions),
        worded("technique", **techniques),
        scored("pain_before", comma),
        scored("pain_after", comma),
        says("twitch_response", lambda seen: yes if seen else no),
        listed("side_effects", ", ", effects["none"], **effects),
    )
    names = [name.strip() for name in headers.split("|")]
    return sheet(dict(zip(names, writers, strict=True)))


@labelled(KIND, "German", "Windows-1252", "semicolon", "7,5", "Excel: 21.04.2025", "no-show words")
def german() -> File:
    """German, in Windows-1252 with semicolons."""
    found = foreign(
        "Patientennummer | Behandlungsdatum | Terminstatus | Terminart"
        " | Therapeut | Diagnose | Technik"
        " | Schmerz vorher | Schmerz nachher | Zuckungsreaktion | Nebenwirkungen",
        "wahrgenommen",
        "ja",
        "nein",
        {
            "evaluation": "Erstbefund",
            "treatment": "Behandlung",
            "follow_up": "Telefonkontrolle",
            "discharge": "Abschluss",
        },
        {
            "Neck_pain": "Nackenschmerzen",
            "Low_back_pain": "Kreuzschmerzen",
            "Shoulder_pain": "Schulterschmerzen",
        },
        {"superficial": "oberflächlich", "deep": "tief", "electrical": "elektrisch"},
        {
            "soreness": "Muskelkater",
            "bruising": "blauer Fleck",
            "fatigue": "Müdigkeit",
            "none": "keine",
        },
    )
    rows = [["P07", "11.02.2025", "nicht erschienen"], ["P12", "12.02.2025", "abgesagt"]]
    data = found.inserted(3, *rows).csv(";", "\r\n", "cp1252")
    return accepted(found, data, skipped={"no_show": 1, "cancelled": 1}, date_order="dmy")


@labelled(KIND, "French", "UTF-8 with mark", "semicolon", "7,5", "cancelled spellings")
def french() -> File:
    """French, in UTF-8 with a mark."""
    found = foreign(
        "Numéro de patient | Date de la séance | Statut du rendez-vous | Type de séance"
        " | Praticien | Diagnostic"
        " | Technique de puncture | Douleur avant | Douleur après | Secousse | Effets secondaires",
        "honoré",
        "oui",
        "non",
        {
            "evaluation": "Bilan initial",
            "treatment": "Séance",
            "follow_up": "Suivi téléphonique",
            "discharge": "Bilan final",
        },
        {
            "Neck_pain": "cervicalgie",
            "Low_back_pain": "lombalgie",
            "Shoulder_pain": "douleur d'épaule",
        },
        {"superficial": "superficielle", "deep": "profonde", "electrical": "électrique"},
        {"soreness": "courbatures", "bruising": "ecchymose", "fatigue": "fatigue", "none": "aucun"},
        "%d/%m/%Y",
    )
    rows = [["P07", "11/02/2025", "annulé"]]
    data = found.inserted(3, *rows).csv(";", "\r\n", "utf-8-sig")
    return accepted(found, data, skipped={"cancelled": 1}, date_order="dmy")


@labelled(KIND, "Spanish", "tab", "7,5", "break")
def spanish() -> File:
    """Spanish, in UTF-16 with tabs."""
    found = foreign(
        "Número de paciente | Fecha de la visita | Estado de la cita | Tipo de visita"
        " | Fisioterapeuta | Diagnóstico"
        " | Técnica de punción | Dolor antes | Dolor después | Espasmo local | Efectos secundarios",
        "asistió",
        "sí",
        "no",
        {
            "evaluation": "Primera visita",
            "treatment": "Tratamiento",
            "follow_up": "Seguimiento telefónico",
            "discharge": "Alta",
        },
        {
            "Neck_pain": "dolor cervical",
            "Low_back_pain": "dolor lumbar",
            "Shoulder_pain": "dolor de hombro",
        },
        {"superficial": "punción seca superficial", "deep": "profunda", "electrical": "eléctrica"},
        {"soreness": "agujetas", "bruising": "moretón", "fatigue": "cansancio", "none": "ninguno"},
        "%d-%m-%Y",
    )
    rows = [["P07", "11-02-2025", "no asistió"], ["", "12-02-2025", "descanso"]]
    data = found.inserted(3, *rows).csv("\t", encoding="utf-16")
    return accepted(found, data, skipped={"no_show": 1, "break": 1}, date_order="dmy")


@labelled(KIND, "Dutch", "semicolon", "7,5", "Excel: 21-4-25")
def dutch() -> File:
    """Dutch, with dates such as 21-4-25."""
    found = foreign(
        "Patiëntnummer | Behandeldatum | Afspraakstatus | Soort afspraak"
        " | Fysiotherapeut | Diagnose | Techniek"
        " | Pijn voor | Pijn na | Spiertrekking | Bijwerkingen",
        "aanwezig",
        "ja",
        "nee",
        {
            "evaluation": "Intake",
            "treatment": "Behandeling",
            "follow_up": "Telefonische controle",
            "discharge": "Ontslag",
        },
        {"Neck_pain": "nekpijn", "Low_back_pain": "lage rugpijn", "Shoulder_pain": "schouderpijn"},
        {"superficial": "oppervlakkig", "deep": "diep", "electrical": "elektrische dry needling"},
        {
            "soreness": "spierpijn",
            "bruising": "blauwe plek",
            "fatigue": "vermoeidheid",
            "none": "geen",
        },
        "%-d-%-m-%y",
    )
    rows = [["P07", "11-2-25", "niet verschenen"]]
    return accepted(
        found, found.inserted(3, *rows).csv(";"), skipped={"no_show": 1}, date_order="dmy"
    )


GERMAN_MONTHS = ("Januar", "Februar", "März", "April", "Mai")
FRENCH_MONTHS = ("janvier", "février", "mars", "avril", "mai")
SPANISH_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo")
DUTCH_MONTHS = ("januari", "februari", "maart", "april", "mei")


@labelled(KIND, "German", "French", "Spanish", "Dutch", "month names")
def months_of_four_languages() -> File:
    """A practice of four languages: each therapist writes months as at home."""
    patterns = (
        ("{}. {} {}", GERMAN_MONTHS),
        ("{} {} {}", FRENCH_MONTHS),
        ("{} de {} de {}", SPANISH_MONTHS),
        ("{} {} {}", DUTCH_MONTHS),
    )

    def written(visit: dict) -> str:
        day = visit["session_date"]
        pattern, months = patterns[int(visit["visit"][1:]) % 4]
        return pattern.format(day.day, months[day.month - 1], day.year)

    found = sheet(SHORT | {"Date": Writer(("session_date",), written)})
    return accepted(found, found.csv(), date_order=None)


@labelled(KIND, "German", "column each yes/no", "a no in any", "all blank in columns")
def german_effects_in_columns() -> File:
    """German effects in columns of their own with ja and nein."""
    words = {"soreness": "Muskelkater", "bruising": "Bluterguss", "fatigue": "Müdigkeit"}
    columns = SHORT | {
        f"Nebenwirkung: {word}": Writer(
            ("side_effects",),
            lambda visit, name=name: (
                ""
                if "side_effects" not in visit
                else "ja"
                if name in visit["side_effects"]
                else "nein"
            ),
        )
        for name, word in words.items()
    }
    return accepted(sheet(columns), sheet(columns).csv(";"))
