"""How each figure is computed, in words, with the settings in use and who is left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import theme
from pipelines.settings import Settings

WILSON = "Wilson interval, 95%"
CLUSTERED = "95% interval with patients as clusters"
CLUSTERED_RATE = (
    "Wilson interval on the effective sample size, patients as clusters (Rao and Scott 1992)"
)
IMMPACT = "Thresholds: Dworkin et al., J Pain 2008 (IMMPACT); Farrar et al., Pain 2001"


@dataclass(frozen=True)
class Definition:
    """What "How is this computed?" opens."""

    what: str
    numerator: str = ""
    denominator: str = ""
    left_out: str = ""
    interval: str = ""
    settings: str = ""
    source: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Each part that there is, with its name."""
        parts = {
            "Counted": self.numerator,
            "Of": self.denominator,
            "Left out": self.left_out,
            "Uncertainty": self.interval,
            "Settings": self.settings,
            "Source": self.source,
        }
        return [(name, text) for name, text in parts.items() if text]


def left_out(counts: Mapping[str, int], settings: Settings, low: bool = True) -> str:
    """Episodes that a pain figure cannot use, and why."""
    parts = [f"{theme.count(counts['no_baseline'])} without a score at the first visit"]
    if low:
        parts.append(
            f"{theme.count(counts['low_baseline'])} below {settings.lowest_baseline:g} at the "
            "first visit"
        )
    parts.append(f"{theme.count(counts['not_yet_followed'])} not yet followed up")
    joined = ", ".join(parts)
    return f"{joined}; an episode can be in two of these" if low else joined


def responders(counts: Mapping[str, int], s: Settings) -> Definition:
    """Share of episodes with enough less pain."""
    return Definition(
        "Share of episodes of care with enough less pain at the latest visit.",
        f"Episodes whose pain fell by at least {s.responder_percent:g}% of the first score.",
        f"Episodes with a score of at least {s.lowest_baseline:g} before the first treatment and "
        "a score "
        "before treatment on a later day.",
        left_out(counts, s),
        WILSON,
        f"Responder {s.responder_percent:g}%, substantial {s.substantial_percent:g}%, or "
        f"{s.responder_points:g} points; new episode after {s.episode_gap_days} days.",
        IMMPACT,
    )


def outcomes(counts: Mapping[str, int], s: Settings) -> Definition:
    """Improved, unchanged, worse."""
    return Definition(
        "Every eligible episode is improved, worse or unchanged; the shares add to 100%.",
        f"Improved: at least {s.improved_points:g} points and {s.improved_percent:g}% less. "
        "Worse: at least "
        f"{s.improved_points:g} points more. Unchanged: the rest.",
        f"Episodes followed up that began with at least {s.lowest_baseline:g}.",
        left_out(counts, s),
        WILSON,
        source=IMMPACT,
    )


def lasting(counts: Mapping[str, int], s: Settings) -> Definition:
    """Mean fall from first to latest visit."""
    return Definition(
        "Mean fall in pain from the first to the latest visit; positive is less pain.",
        "First score before treatment, less the last recorded score before treatment on a later "
        "day.",
        "Episodes with both scores.",
        left_out(counts, s, low=False),
        CLUSTERED,
        f"New episode after {s.episode_gap_days} days without treatment.",
    )


def median_sessions(counts: Mapping[str, int], s: Settings) -> Definition:
    """Session by which half have improved."""
    return Definition(
        "The number of treatment sessions after which half have improved, by Kaplan-Meier.",
        f"An episode improves at its first later visit with at least {s.improved_points:g} points "
        "and "
        f"{s.improved_percent:g}% less pain; its time is the sessions received before that visit.",
        "Eligible episodes; those not improved count for the sessions they had before their last "
        "score.",
        left_out(counts, s),
        "Log-log interval, 95%",
        f"Drawn while at least {s.fewest_at_risk} are at risk; the table goes on.",
    )


def what_happened(counts: Mapping[str, int], s: Settings) -> Definition:
    """Cumulative incidence."""
    return Definition(
        "What did happen, with leaving as an outcome of its own (cumulative incidence).",
        f"Left without improvement: not improved, and the last visit at least {s.left_days} days "
        "before "
        "the newest visit in the data.",
        "Eligible episodes.",
        left_out(counts, s),
        settings=f"Left after {s.left_days} days.",
    )


def side_effects(recorded: str) -> Definition:
    """Any side effect per 100 recorded sessions."""
    return Definition(
        "Treatment sessions with any side effect, per 100 with side effects recorded.",
        "Sessions with at least one side effect of any kind; a session with two counts once.",
        "Treatment sessions in which side effects were recorded, none included. A blank is not "
        "recorded.",
        recorded,
        CLUSTERED_RATE,
    )


def patients_with_any(recorded: str) -> Definition:
    """Patients who had any side effect."""
    return Definition(
        "Share of patients who had any side effect, over all of their selected sessions.",
        "Patients with a side effect at one recorded treatment session or more.",
        "Patients with a recorded treatment session.",
        recorded,
        WILSON,
    )


def recording() -> Definition:
    """How often side effects are recorded."""
    return Definition(
        "Share of treatment sessions in which side effects were recorded.",
        "Sessions with a side effect, or with none recorded in so many words.",
        "Treatment sessions. A blank is not recorded, never none.",
    )


def serious(recorded: str) -> Definition:
    """Serious events per 10,000."""
    return Definition(
        "Recorded treatment sessions with a serious event, per 10,000.",
        "Pneumothorax, nerve injury, infection, or any side effect marked serious.",
        "Treatment sessions in which side effects were recorded.",
        recorded,
        "Exact (Clopper-Pearson) 95% interval; with none, the one-sided 95% upper bound.",
    )


def completeness(counts: Mapping[str, int], s: Settings) -> Definition:
    """Share of due episodes that were followed."""
    return Definition(
        "Share of due episodes with a second score.",
        "Episodes with a score before treatment on a day later than the first.",
        f"Episodes with a first score that began at least {s.due_days} days before the newest "
        "visit in the data.",
        f"{theme.count(counts['no_baseline'])} without a score at the first visit; episodes not "
        "yet due",
        WILSON,
        f"Due after {s.due_days} days.",
    )


def mix(s: Settings) -> Definition:
    """Share of new episodes by condition, with outcome."""
    return Definition(
        "New episodes of care by group, and beside each its share of responders.",
        "Episodes whose first visit is in the selection.",
        "All new episodes; responders of those followed up that began with at least "
        f"{s.lowest_baseline:g}.",
        interval=WILSON,
        settings=f"Responder {s.responder_percent:g}%.",
    )


def trajectory(s: Settings) -> Definition:
    """Mean pain by session."""
    return Definition(
        "Mean pain before treatment at each session of an episode.",
        "Score before treatment, by session number.",
        "Sessions of that number with a score. The second line has only episodes of "
        f"{s.completer_sessions} sessions or more, since people who stop bend the first one.",
        interval=CLUSTERED,
        settings=f"Completed: {s.completer_sessions} sessions.",
    )


def duration(s: Settings) -> Definition:
    """Pain weeks after the first treatment."""
    return Definition(
        "Pain at the visit nearest 4, 8 and 12 weeks after the first treatment.",
        f"Responders: at least {s.responder_percent:g}% less pain there. Still improved: improved "
        "at an "
        "earlier visit and improved there.",
        "Eligible episodes with a scored visit on days 21-42, 43-69 or 70-112; still improved, of "
        "those improved before.",
        "Episodes without a visit in the window: the table has their number. Those who do well "
        "may stop coming.",
        WILSON,
    )


def immediate() -> Definition:
    """Fall in pain within a session."""
    return Definition(
        "Mean fall in pain within a treatment session, beside first to latest visit.",
        "Pain before treatment less pain after it, in the same session.",
        "Treatment sessions with both scores.",
        interval=CLUSTERED,
        source="No published threshold exists for a drop within a session, so none is called "
        "important.",
    )


def curve(counts: Mapping[str, int], s: Settings) -> Definition:
    """Cumulative responder curve."""
    return Definition(
        "Share of eligible episodes whose pain fell by at least each percentage.",
        "Episodes with a percent change of at least that much, at the latest visit.",
        f"Episodes followed up that began with at least {s.lowest_baseline:g}.",
        left_out(counts, s),
        WILSON,
        source=IMMPACT,
    )


def control_chart() -> Definition:
    """p-chart."""
    return Definition(
        "Sessions with any side effect in each month against limits that chance keeps within.",
        "Recorded treatment sessions with any side effect.",
        "Recorded treatment sessions of the month; a month without any is left out.",
        interval="Limits at 3 standard errors around the pooled rate of the first 12 months "
        "(fewer: trial limits).",
        source="Rules: NHS Making Data Count",
    )


def activity() -> Definition:
    """Sessions and episodes by month."""
    return Definition(
        "How busy the clinic is.",
        "Treatment sessions by their date; episodes by the date of their first visit.",
        "All that match the filters.",
    )


def gaps() -> Definition:
    """Work list."""
    return Definition(
        "What is missing in the data, that makes a figure unsure.",
        "Episodes without a first score, due without a second, without a condition; sessions "
        "without "
        "side effects filled in.",
        "Episodes or sessions of the kind.",
    )
