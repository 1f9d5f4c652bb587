"""What a clinic may change: each setting in words, with its unit and the range it may have."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One threshold: what it decides, what it is counted in, and from where to where it goes."""

    words: str
    unit: str
    suffix: str
    lowest: float
    highest: float

    def shown(self, value: float) -> str:
        """A value with its unit, such as "30%", "90 days" or "1 day"."""
        number = f"{100 * value:g}" if self.unit == "share" else f"{value:g}"
        suffix = self.suffix[:-1] if value == 1 and self.suffix.endswith("s") else self.suffix
        return f"{number}{suffix}"


KNOWN = {
    "episode_gap_days": Setting(
        "longest time without treatment within an episode", "days", " days", 7, 730
    ),
    "lowest_baseline": Setting(
        "lowest first score that is eligible", "score of 0 to 10", "", 0, 10
    ),
    "responder_percent": Setting("least fall that is a response", "%", "%", 1, 100),
    "substantial_percent": Setting("least fall that is substantial", "%", "%", 1, 100),
    "responder_points": Setting(
        "least fall that is a response in points", "points", " points", 0.1, 10
    ),
    "improved_points": Setting(
        "least fall that is improved, and least rise that is worse", "points", " points", 0.1, 10
    ),
    "improved_percent": Setting("least fall that is improved, as a share", "%", "%", 1, 100),
    "due_days": Setting(
        "time after which an episode is due for a second score", "days", " days", 1, 365
    ),
    "left_days": Setting(
        "time without a visit after which a patient has left", "days", " days", 1, 730
    ),
    "technique_share": Setting(
        "share of its sessions that gives an episode its technique", "share", "%", 0.501, 1
    ),
    "completer_sessions": Setting(
        "sessions after which an episode is completed", "sessions", " sessions", 2, 20
    ),
    "fewest_at_risk": Setting("fewest at risk for a drawn curve", "episodes", " episodes", 1, 1000),
    "fewest_patients": Setting(
        "fewest patients for a comparison", "patients", " patients", 2, 1000
    ),
    "fewest_episodes": Setting(
        "fewest episodes for a figure without a warning", "episodes", " episodes", 1, 1000
    ),
    "cell_size": Setting(
        "fewest patients behind a published figure", "patients", " patients", 5, 1000
    ),
    "low_frequency_hz": Setting("highest low frequency of stimulation", "Hz", " Hz", 0.1, 1000),
    "high_frequency_hz": Setting("lowest high frequency of stimulation", "Hz", " Hz", 0.1, 1000),
    "superficial_mm": Setting("deepest superficial needle", "mm", " mm", 1, 50),
}
"""In the order of data/settings.toml; all but the time zone."""


@dataclass(frozen=True)
class Agreeing:
    """Two settings of which one must not be below the other, and why."""

    larger: str
    smaller: str
    why: str
    strictly: bool = False


AGREEING = (
    Agreeing("substantial_percent", "responder_percent", "a substantial fall is a response too"),
    Agreeing(
        "lowest_baseline",
        "improved_points",
        "an episode that begins lower than the least improvement could never improve",
    ),
    Agreeing(
        "high_frequency_hz",
        "low_frequency_hz",
        "a frequency cannot be both low and high",
        strictly=True,
    ),
)
