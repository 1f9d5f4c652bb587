"""What became of every record of one file."""

from dataclasses import asdict, dataclass, field

from pipelines.ingest.questions import Question
from pipelines.ingest.steps import Step


@dataclass(frozen=True)
class Report:
    """The contract of `outcomes import --json`; `steps` say how the file was understood.

    `questions` are what the file leaves open: of a refused one, what would let it in.
    rows = accepted + unchanged + quarantined + sum of skipped. A refused file has no
    import_id, counts nothing and left the store untouched.
    """

    file: str
    import_id: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    date_order: str | None = None
    mapping: dict[str, str | None] = field(default_factory=dict)
    rows: int = 0
    accepted: int = 0
    unchanged: int = 0
    updated: int = 0
    quarantined: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    dropped_columns: list[str] = field(default_factory=list)
    refused: str | None = None
    vanished: int = 0  # known visits that this file lacks, or calls cancelled: still counted
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()

    def as_contract(self) -> dict:
        """The fields of the contract, in its order."""
        fields = asdict(self)
        del fields["steps"], fields["questions"]
        return fields
