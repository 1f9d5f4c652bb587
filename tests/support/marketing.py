"""The labelled marketing texts, a clinic whose figures they may cite, and the checker's answers."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pipelines.claims import Held, hold_claims
from pipelines.claims.wording import Checked, check_text
from pipelines.claims.wording.texts import Paragraph, paragraphs_of
from pipelines.settings import Settings
from tests.support.clinics import clinic, frame
from tests.support.planted_claims import LAST, patients

FILE = Path(__file__).with_name("marketing.toml")
PERIOD = (date(2025, 1, 1), date(2025, 6, 30))
ANSWER = re.compile(r"\{(\d+)\.(\w+)\}")


@dataclass(frozen=True)
class Labelled:
    """A text with the sentences (a few words of each) that have to be marked."""

    name: str
    text: str
    kind: str = "txt"
    overstated: tuple[str, ...] = ()

    @property
    def honest(self) -> bool:
        return not self.overstated


def texts() -> list[Labelled]:
    """Every labelled text, with the figures of `held` filled in."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["text"]
    return [
        Labelled(
            name=one["name"],
            text=ANSWER.sub(lambda found: _answer(*found.groups()), one["text"]),
            kind=one.get("kind", "txt"),
            overstated=tuple(_filled(words) for words in one.get("overstated", ())),
        )
        for one in entries
    ]


def single(table: str) -> dict[str, list[str]]:
    """Sentences by themselves, overstated and honest: those "sentences" mended by, or "fresh"."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))[table]


def is_marked(sentence: str) -> bool:
    """Whether the checker marks anything of it."""
    return not all(one.fine for one in check_text([Paragraph(1, sentence)], held()))


def _filled(words: str) -> str:
    return ANSWER.sub(lambda found: _answer(*found.groups()), words)


def _answer(number: str, name: str) -> str:
    sentence = next(one for one in held()[int(number) - 1].sentences if one.text)
    return str(sentence.text) if name == "sentence" else dict(sentence.figures)[name]


@lru_cache(maxsize=1)
def held() -> Sequence[Held]:
    """A clinic of 120 patients whose pain falls by steps, held against the claims."""
    records = patients(120, visits=4, facts=_facts)
    return hold_claims(clinic(frame(records), as_of=LAST), Settings(), PERIOD)


def _facts(patient: int, visit: int) -> dict:
    before = 7 if patient % 5 == 0 else 7 - 1.5 * visit
    return {
        "pain_before": before,
        "pain_after": before - (0 if patient % 4 == 0 else 1),
        "side_effects": "soreness" if (patient + visit) % 6 == 0 else "none",
        "technique": "deep",
        "therapist": ("Ada", "Bo")[patient % 2],
    }


def checked(text: Labelled, folder: Path) -> list[Checked]:
    """What the checker says of the text, written to a file of its kind."""
    file = folder / f"text.{text.kind}"
    file.write_text(text.text, encoding="utf-8")
    return check_text(paragraphs_of(file), held())


def missed(text: Labelled, found: Sequence[Checked]) -> list[str]:
    """Overstated sentences that came through unmarked, or were not found at all."""
    marked = " | ".join(one.text for one in found if not one.fine)
    return [words for words in text.overstated if words not in marked]


def marked_wrongly(text: Labelled, found: Sequence[Checked]) -> list[Checked]:
    """Honest sentences that were marked."""
    return [
        one
        for one in found
        if not one.fine and not any(words in one.text for words in text.overstated)
    ]
