"""What words and marks mean: side effects, patients, statuses, types of visit."""

from tests.corpus.clinic import CLINIC, SHORT, Writer, constant, dated, listed, same, scored
from tests.corpus.files.cells import numbered
from tests.corpus.files.research import EFFECTS, box, none_box
from tests.corpus.labels import File, Truth, accepted, labelled
from tests.corpus.sheet import Sheet, sheet

SIDE, WHO, STATUS, TYPE = "side effects", "patients", "statuses", "visit types"


def listing(between: str, none: str = "none") -> File:
    """Side effects as a list in one cell."""
    columns = SHORT | {"Side effects": listed("side_effects", between, none)}
    return accepted(sheet(columns), sheet(columns).csv())


@labelled(SIDE, "list by |")
def list_by_pipes() -> File:
    """Between pipes."""
    return listing(" | ", "Nil")


@labelled(SIDE, "list by /")
def list_by_slashes() -> File:
    """Between slashes."""
    return listing("/", "no")


@labelled(SIDE, "none words", "0 is none", "blank is not recorded")
def ways_to_say_none() -> File:
    """Words for none, 0 among them, are recorded-none; a blank is not recorded."""
    found = sheet(SHORT | {"Side effects": listed("side_effects")})
    for number, text in (
        (1, "None of these"),
        (4, "nil"),
        (6, "0"),
        (8, "NO"),
        (9, "No side effects"),
    ):
        found = found.with_cell(number, "Side effects", text)
    return accepted(found, found.csv())


@labelled(SIDE, "unknown effect")
def an_effect_never_heard_of() -> File:
    """An effect that the vocabulary lacks is kept as other."""
    found = sheet(SHORT | {"Side effects": listed("side_effects")})
    found = found.with_cell(0, "Side effects", "hiccups").knowing(
        0, side_effects=frozenset({"other"})
    )
    found = found.with_cell(5, "Side effects", "fatigue; hiccups")
    found = found.knowing(5, side_effects=frozenset({"fatigue", "other"}))
    return accepted(found, found.csv(), asks=("term:",))


def in_columns(yes: str, no: str, **more: Writer) -> Sheet:
    """An effect a column; a visit without a record is blank in all of them."""
    columns = SHORT | {
        f"AE: {name.title()}": Writer(
            ("side_effects",),
            lambda visit, name=name: (
                "" if "side_effects" not in visit else yes if name in visit["side_effects"] else no
            ),
        )
        for name in EFFECTS
    }
    return sheet(columns | more)


@labelled(SIDE, "column each yes/no", "all blank in columns", "a no in any")
def yes_and_no_in_columns() -> File:
    """Yes and No, a column each; one visit has a single No and blanks beside it."""
    found = in_columns("Yes", "No")
    found = found.with_cell(1, "AE: Bruising", "").with_cell(1, "AE: Fatigue", "")
    return accepted(found, found.csv())


@labelled(SIDE, "column each 1/0", "a no in any")
def one_and_zero_in_columns() -> File:
    """1 and 0, a column each."""
    return accepted(in_columns("1", "0"), in_columns("1", "0").csv())


@labelled(SIDE, "column each Checked", "tick boxes with a None box")
def checked_with_a_box_for_none() -> File:
    """Checked and Unchecked with a box for none: nothing ticked at all is not recorded."""
    columns = (
        SHORT
        | {
            f"Side effects (choice={name.title()})": box(name, "Checked", "Unchecked")
            for name in EFFECTS
        }
        | {"Side effects (choice=None)": none_box("Checked", "Unchecked")}
    )
    return accepted(sheet(columns), sheet(columns).csv())


@labelled(SIDE, "none words", "list by ;")
def none_beside_an_effect() -> File:
    """None and soreness in one cell contradict each other: the visit waits."""
    found = sheet(SHORT | {"Side effects": listed("side_effects")})
    found = found.with_cell(2, "Side effects", "none; soreness")
    kept = found.without(2)
    return File(found.csv(), Truth(kept.visits, reasons={"none_beside_an_effect": 1}), kept.keys)


@labelled(WHO, "leading zeros", "0007 and 7", "trailing spaces in ids", "case of ids")
def zeros_spaces_and_case() -> File:
    """0007 and 7 are two patients; spaces and case are none."""
    visits = [
        v | {"patient_id": {"0031": "a31"}.get(v["patient_id"], v["patient_id"])}
        for v in numbered()
    ]
    found = sheet(SHORT, visits)
    found = found.with_cell(0, "Patient ID", "0007 ").with_cell(6, "Patient ID", "A31")
    return accepted(found, found.csv())


@labelled(WHO, "19 digits")
def nineteen_digits() -> File:
    """Ids of 19 digits that differ in the last one, which a float would lose."""
    ids = {
        "P07": "1390123456789012345",
        "P12": "1390123456789012346",
        "P31": "1390123456789012347",
        "P70": "1390123456789012350",
    }
    visits = [visit | {"patient_id": ids[visit["patient_id"]]} for visit in CLINIC]
    return accepted(sheet(SHORT, visits), sheet(SHORT, visits).csv())


@labelled(
    WHO,
    "names",
    "birth dates",
    "addresses",
    "phones",
    "e-mail",
    "IP addresses",
    "insurance numbers",
    "free text",
    "e-mails in a column of another name",
    "HTML in names",
    "age from a birth date",
)
def everything_about_a_person() -> File:
    """Every direct identifier, and e-mails in a column of conditions: none of them is kept."""
    columns = {
        "Patient ID": same("patient_id"),
        "First name": constant("<b>Mia</b><script>alert(1)</script>"),
        "Last name": constant("Sample"),
        "Date of birth": Writer(("age",), lambda visit: "1930-02-14"),
        "Street": constant("12 Sample Street"),
        "Phone": constant("+1 555 010 0199"),
        "Email": constant("mia@example.com"),
        "IP Address": constant("192.0.2.14"),
        "Insurance No": constant("XYZ 123 456 789"),
        "SSN": constant("000-12-3456"),
        "Date": dated("%Y-%m-%d"),
        "Condition": Writer((), lambda visit: "mia@example.com"),
        "Pain before": scored("pain_before"),
        "Pain after": scored("pain_after"),
        "Comments": constant("Call Mia at home."),
        "Photo": constant("mia.jpg"),
    }
    found = sheet(columns, [visit | {"age": 90.0} for visit in CLINIC])
    for number in range(10):
        found = found.knowing(number, condition="unmapped")
    return accepted(found, found.csv())


def attended(words: tuple[str, ...]) -> Sheet:
    """Each of the visits with another word for having taken place."""
    return sheet(SHORT | {"Status": Writer((), lambda v: words[int(v["visit"][1:]) % len(words)])})


@labelled(STATUS, "attended words")
def words_for_attended() -> File:
    """Ten words for a visit that took place."""
    words = (
        "Arrived",
        "Checked In",
        "Checked out",
        "COMPLETED",
        "Show",
        "seen",
        "Attended",
        "Kept",
        "Signed",
        "billed",
    )
    return accepted(attended(words), attended(words).csv())


@labelled(STATUS, "attended words")
def further_words_for_attended() -> File:
    """Further words, in other cases and spaces."""
    words = ("present", "Closed", "finalised", "Finalized", " arrived ")
    return accepted(attended(words), attended(words).csv())


@labelled(
    STATUS,
    "cancelled spellings",
    "no-show words",
    "rescheduled",
    "never booked",
    "archived",
    "deleted",
    "break",
    "waitlist",
    "preview",
    "test",
    "Did Not Arrive",
)
def every_way_not_to_come() -> File:
    """Each status that is no visit, in several spellings, each skipped under its own reason."""
    words = {
        "cancelled": (
            "Cancelled",
            "Canceled",
            "Late Cancel",
            "Cancelled by patient",
            "Clinician Canceled",
            "CXL",
        ),
        "no_show": ("No Show", "no-show", "Did Not Attend", "DNA", "Missed", "Did not arrive"),
        "rescheduled": ("Rescheduled",),
        "never_booked": ("Never Booked",),
        "archived": ("Archived",),
        "deleted": ("Deleted",),
        "break": ("Break", "Block"),
        "waitlist": ("Waitlist",),
        "preview": ("Preview",),
        "test": ("Test",),
    }
    found = attended(("Arrived",))
    rows = [["", "P07", "2025-02-11", "", "", word] for group in words.values() for word in group]
    skipped = {name: len(group) for name, group in words.items()}
    return accepted(found, found.inserted(4, *rows).csv(), skipped=skipped)


@labelled(STATUS, "booked and scored", "not yet attended")
def booked_and_scored() -> File:
    """Booked in the past with scores was a visit and is flagged; without scores it was not."""
    found = attended(("Completed",))
    found = found.with_cell(0, "Status", "Booked").with_cell(4, "Status", "Confirmed")
    for number in (0, 4):
        found = found.knowing(number, flags="scored_though_only_booked")
    rows = [
        ["", "P07", "2025-02-11", "", "", "Booked"],
        ["", "P07", "2027-02-11", "5", "4", "Scheduled"],
    ]
    return accepted(found, found.inserted(3, *rows).csv(), skipped={"not_yet_attended": 2})


@labelled(STATUS, "unknown status")
def a_status_never_seen() -> File:
    """A status that nobody has heard of: its rows wait until somebody says."""
    found = (
        attended(("Completed",)).with_cell(3, "Status", "Zorked").with_cell(6, "Status", "Zorked")
    )
    kept = found.without(3, 6)
    return File(
        found.csv(), Truth(kept.visits, reasons={"unknown_status": 2}, asks=("term:",)), kept.keys
    )


TYPED = SHORT | {"Visit type": same("visit_type"), "Technique": same("technique")}


def typed(types: dict[int, tuple[str, str]], columns: dict[str, Writer] | None = None) -> Sheet:
    """The clinic with other words for the types of some visits, and what they mean."""
    found = sheet(columns or TYPED)
    for number, (word, meaning) in types.items():
        found = found.with_cell(number, "Visit type", word).knowing(number, visit_type=meaning)
    return found


@labelled(TYPE, "evaluation words", "treatment words", "phone follow-up", "discharge alone")
def words_for_types() -> File:
    """Words for first visits, treatments, calls and a discharge."""
    found = typed(
        {
            0: ("Initial Evaluation", "evaluation"),
            1: ("New patient", "evaluation"),
            2: ("Subsequent consultation", "treatment"),
            3: ("Initial consultation", "evaluation"),
            4: ("Follow-up Consultation", "treatment"),
            5: ("Daily Note", "treatment"),
            6: ("Standard consultation", "treatment"),
            7: ("Treatment", "treatment"),
            8: ("Telephone review", "follow_up"),
            9: ("Discharge", "discharge"),
        }
    )
    return accepted(found, found.csv())


@labelled(TYPE, "follow-up that is needled", "bare Follow Up without technique", "phone follow-up")
def follow_ups() -> File:
    """Follow Up with a technique is a treatment; without one, in such a file, it is a follow-up."""
    found = typed(
        {
            2: ("Follow Up", "treatment"),
            4: ("Follow-up", "treatment"),
            8: ("Follow Up", "follow_up"),
            6: ("Outcome call", "treatment"),
        }
    )
    return accepted(found, found.csv())


@labelled(TYPE, "bare Follow Up without technique")
def follow_ups_where_no_technique_is_told() -> File:
    """A file that records no technique anywhere: a Follow Up is a treatment."""
    columns = {name: writer for name, writer in TYPED.items() if name != "Technique"}
    found = typed({8: ("Follow Up", "treatment")}, columns)
    return accepted(found, found.csv())


@labelled(TYPE, "re-evaluation needled", "progress note not needled", "follow-up that is needled")
def progress_notes() -> File:
    """Re-evaluations and progress notes: treatments if needled, by a technique or a code."""
    columns = TYPED | {"CPT": constant("")}
    found = typed(
        {
            2: ("Re-evaluation", "treatment"),
            4: ("Progress note", "treatment"),
            8: ("Progress Note", "follow_up"),
            6: ("Progress note", "treatment"),
        },
        columns,
    )
    found = (
        found.with_cell(6, "Technique", "").with_cell(6, "CPT", "20561").knowing(6, technique=None)
    )
    return accepted(found, found.csv())


@labelled(TYPE, "types named by the clinic", "WebPT: DN is Daily Note")
def dn_in_two_columns() -> File:
    """DN among the types is a daily note; DN among the techniques is needling, depth not told."""
    found = typed({2: ("DN", "treatment"), 4: ("Follow Up", "treatment")})
    found = found.with_cell(4, "Technique", "DN").knowing(4, technique=None)
    return accepted(found, found.csv())


@labelled(TYPE, "discharge alone", "evaluation words")
def words_of_techniques() -> File:
    """Techniques as people write them: SDN, deep DN, DN + e-stim, none."""
    found = sheet(TYPED)
    words = {
        0: "Deep dry needling",
        1: "SDN",
        2: "DDN",
        3: "DN + e-stim",
        4: "superficial DN",
        5: "PENS",
        8: "none",
    }
    for number, word in words.items():
        found = found.with_cell(number, "Technique", word)
    found = found.knowing(8, technique="none")
    return accepted(found, found.csv())
