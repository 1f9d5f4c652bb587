"""A figure in words, once for pages, downloads, docs and the command."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from pipelines.definitions.reasons import REASONS, left_out_in_words
from pipelines.known_settings import KNOWN
from pipelines.settings import Settings


@dataclass(frozen=True)
class Definition:
    """What a figure is. Texts name a setting as {responder_percent}: its value goes there.

    `name` is its path in the contract of `outcomes summary --json`, or that of a card of the
    dashboard; `cards` are further cards that show it. `of` is the denominator in a few words,
    `left_out` the reasons for which rows are not in it, `also` settings that no text names,
    `parts` the units of what stands beside the figure in the contract.
    """

    name: str
    title: str
    unit: str
    what: str
    numerator: str = ""
    denominator: str = ""
    of: str = ""
    left_out: tuple[str, ...] = ()
    left_out_words: str = ""
    interval: str = ""
    also: tuple[str, ...] = ()
    source: str = ""
    cards: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()

    @cached_property
    def settings(self) -> tuple[str, ...]:
        """The settings that the figure is made with, in the order of `KNOWN`."""
        reasons = [REASONS[name].words for name in self.left_out]
        texts = (self.what, self.numerator, self.denominator, self.left_out_words, self.interval)
        parsed = [part for text in (*texts, *reasons) for part in Formatter().parse(text)]
        named = {name for _, name, _, _ in parsed if name} | set(self.also)
        return tuple(name for name in KNOWN if name in named)

    def unit_of(self, part: str) -> str:
        """The unit of the figure, or of what stands beside it in the contract."""
        return dict(self.parts).get(part, self.unit)

    def of_what(self, part: str) -> str:
        """The denominator in a few words; none of what only stands beside the figure."""
        return "" if part in dict(self.parts) else self.of


@dataclass(frozen=True)
class Explanation:
    """A definition with the values in use, and where they are given, with numbers."""

    name: str
    title: str
    unit: str
    what: str
    numerator: str
    denominator: str
    left_out: str
    interval: str
    settings: str
    source: str

    def lines(self) -> list[tuple[str, str]]:
        """Each further part that there is, with its name."""
        parts = {
            "Counted": self.numerator,
            "Of": self.denominator,
            "Left out": self.left_out,
            "Unit": self.unit,
            "Uncertainty": self.interval,
            "Settings": self.settings,
            "Source": self.source,
        }
        return [(name, text) for name, text in parts.items() if text]


def explain(
    definition: Definition, settings: Settings, counts: Mapping[str, int] | None = None
) -> Explanation:
    """The definition under these settings; `counts` are rows left out, by reason."""
    values = shown(settings)
    return Explanation(
        name=definition.name,
        title=definition.title.format_map(values),
        unit=definition.unit,
        what=definition.what.format_map(values),
        numerator=definition.numerator.format_map(values),
        denominator=definition.denominator.format_map(values),
        left_out=_left_out(definition, values, counts or {}),
        interval=definition.interval.format_map(values),
        settings=settings_in_words(definition.settings, settings),
        source=definition.source,
    )


def shown(settings: Settings) -> dict[str, str]:
    """Each setting's value with its unit."""
    return {name: known.shown(getattr(settings, name)) for name, known in KNOWN.items()}


def settings_in_words(names: tuple[str, ...], settings: Settings) -> str:
    """Such as "least fall that is a response 30%; ..."; "" where none is used."""
    values = shown(settings)
    told = "; ".join(f"{KNOWN[name].words}: {values[name]}" for name in names)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _left_out(definition: Definition, values: Mapping[str, str], counts: Mapping[str, int]) -> str:
    told = left_out_in_words(definition.left_out, values, counts)
    return " ".join(text for text in (told, definition.left_out_words.format_map(values)) if text)
