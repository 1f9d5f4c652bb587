"""One step of understanding a file: what was decided, and what was seen that says so."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """`decided` is a short sentence without its end, `because` what was seen in the file.

    `name` is the step's place in the chain, such as `encoding` or `dates`; several steps may
    have one name. Neither text ever holds a cell that could identify a person.
    """

    name: str
    decided: str
    because: str = ""

    def __str__(self) -> str:
        return f"{self.decided}, because {self.because}" if self.because else self.decided
