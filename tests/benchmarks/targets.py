"""What is to be reached at 1,000,000 sessions, and for a changed filter at 100,000 too."""

from dataclasses import dataclass

from tests.support.pages import PAGES

GIGABYTE = 2**30


@dataclass(frozen=True)
class Target:
    """Upper limits; None where none was set."""

    seconds: float | None = None
    ratio: float | None = None
    gigabytes: float | None = None

    def reached(self, seconds: float, ratio: float | None, gigabytes: float | None) -> bool:
        """Whether every limit that was set is kept."""
        limits = ((self.seconds, seconds), (self.ratio, ratio), (self.gigabytes, gigabytes))
        return all(
            limit is None or (value is not None and value <= limit) for limit, value in limits
        )

    def __str__(self) -> str:
        parts = (
            (self.ratio, "{:g}x"),
            (self.seconds, "{:g} s"),
            (self.gigabytes, "{:g} GB"),
        )
        return ", ".join(form.format(limit) for limit, form in parts if limit is not None)


TARGETS = {
    ("import", 1_000_000): Target(ratio=8, gigabytes=1.5),
    ("import with repairs", 1_000_000): Target(ratio=12, gigabytes=1.5),
    ("summary", 1_000_000): Target(seconds=4, gigabytes=1.5),
    ("comparison", 1_000_000): Target(seconds=0.3),
    ("one difference", 1_000_000): Target(seconds=0.03),
} | {
    (f"changed filter, {page.replace('_', ' ')}", sessions): Target(seconds=0.5)
    for page in PAGES
    for sessions in (100_000, 1_000_000)
}
