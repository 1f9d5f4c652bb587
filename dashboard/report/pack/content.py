"""Everything of one release that goes into the pack, gathered once for all its forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard import theme
from dashboard.report.pack.charts import PackChart, charts, source_line
from pipelines.publish.disclosure import SUPPRESSED

VERDICTS = {
    "supported": "The clinic's own figures support it.",
    "not supported": "The clinic's own figures do not support it.",
    "not enough data": "There are not enough data to say.",
}


@dataclass(frozen=True)
class Statement:
    """One claim of the clinic's page: its gist, the verdict, and the sentences to print instead."""

    number: int
    gist: str
    verdict: str
    sentences: tuple[str, ...]

    @property
    def verdict_in_words(self) -> str:
        """The verdict as a sentence."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True)
class Content:
    """A release as it is published, with the statements held against it."""

    release: Mapping[str, Any]
    statements: Sequence[Statement]

    @cached_property
    def charts(self) -> list[PackChart]:
        """The charts that have something to show."""
        return list(charts(self.release))

    @property
    def name(self) -> str:
        """What the release is called."""
        return str(self.release["release"])

    @property
    def period(self) -> str:
        """The days that it is about, in words."""
        return theme.span(*self.release["period"])

    @property
    def title(self) -> str:
        """The heading of the page and of the sheet."""
        return f"Outcomes, {self.period}"

    @property
    def source(self) -> str:
        """Where every figure of the pack comes from."""
        return source_line(self.release)

    @property
    def printable(self) -> list[Statement]:
        """The statements that have a sentence to print."""
        return [one for one in self.statements if one.sentences]

    @property
    def hidden(self) -> str:
        """How many values are hidden, and why."""
        values = [
            value for table in self.release["tables"] for row in table["rows"]
            for value in row.values()
        ]  # fmt: skip
        kept_back = sum(value == SUPPRESSED for value in values)
        if not kept_back:
            return "No value is hidden."
        verb = "is" if kept_back == 1 else "are"
        return (
            f"{theme.count(kept_back)} of {theme.count(len(values))} values {verb} "
            "hidden: they stand for few patients, or would give away one that does."
        )
