"""What else must be hidden, so that nothing hidden follows from what is shown.

Starting from what is hidden for itself, the smallest cell of the line that gives a secret away
is hidden too, until every secret has a proof that it stays open.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.publish.atoms import atoms_of, with_empty_ones
from pipelines.publish.certificate import Proofs
from pipelines.publish.cube import PARENT, PATIENTS, parents_of
from pipelines.publish.disclosure import cell_size, too_few
from pipelines.publish.groups import Counted, Group, contains
from pipelines.publish.knowledge import (
    FAMILIES,
    SHORTEST,
    Knowledge,
    Secret,
    keep_secret,
    learn_release,
    published_range,
)
from pipelines.publish.lines import next_to_hide
from pipelines.publish.primary import with_shares
from pipelines.settings import Settings

Earlier = Sequence[tuple[Counted, pd.DataFrame]]
"""Releases that are out, with what each hides."""


def hidden_besides(
    new: Counted, primary: pd.DataFrame, earlier: Earlier, settings: Settings
) -> pd.DataFrame:
    """The counts to hide, those of `primary` included, given what is out already."""
    hidden = primary.copy()
    for family in FAMILIES:
        hidden = _closed(family, new, hidden, earlier, settings)
    hidden = with_shares(hidden)
    return _with_patients(new, hidden, settings)


def _closed(
    family: str, new: Counted, hidden: pd.DataFrame, earlier: Earlier, settings: Settings
) -> pd.DataFrame:
    """The same with as much more hidden as keeps this family's secrets."""
    out = Knowledge(family)
    for old, its_hidden in earlier:
        learn_release(out, old, its_hidden, settings)
    every = atoms_of(family, FAMILIES[family], [new, *(old for old, _ in earlier)])
    proofs = Proofs(_secrets(out, new, [old for old, _ in earlier], settings))
    while True:
        known = out.copy()
        learn_release(known, new, hidden, settings)
        left = proofs.look(known, with_empty_ones(every, known.empty_groups()))
        more = _with_next(left, new, known, hidden, out)
        if more is None:
            return hidden
        hidden = more


def _secrets(
    out: Knowledge, new: Counted, old: Sequence[Counted], settings: Settings
) -> list[Secret]:
    """All that must stay open, of the new release, of older ones, and between them."""
    for release in (new, *old):
        keep_secret(out, release.cells, release.blocks, settings)
    # The deepest first: a clinic with more responders has more of all that they are part of.
    deepest = list(out.counts)[::-1]
    return sorted(out.secrets.values(), key=lambda secret: deepest.index(secret.count))


def _with_next(
    left: Sequence[Secret], new: Counted, known: Knowledge, hidden: pd.DataFrame, out: Knowledge
) -> pd.DataFrame | None:
    """The same with one more number hidden for each secret; None where there is none to hide."""
    shown = _shown(new, hidden, known, out)
    chosen = {next_to_hide(secret, new, known, shown) for secret in _widest(left)} - {None}
    chosen = chosen or {next_to_hide(secret, new, known, shown) for secret in left} - {None}
    if not chosen:
        return None
    more = hidden.copy()
    for group, count in chosen:
        for place in new.by_group[group]:
            more.iloc[place, more.columns.get_loc(count)] = True
    return with_shares(more)


def _widest(left: Sequence[Secret]) -> list[Secret]:
    """Those inside no other of them: what opens the others may open these too."""
    return [
        secret
        for secret in left
        if not any(other is not secret and _holds(other, secret) for other in left)
    ]


def _holds(wide: Secret, narrow: Secret) -> bool:
    """Whether a secret can never be larger than another one, which is as closed as itself."""
    same = (wide.count, wide.rest) == (narrow.count, narrow.rest)
    part_of = not wide.rest and wide.count in parents_of(narrow.count)
    return ((same and wide.group != narrow.group) or part_of) and contains(wide.group, narrow.group)


def _shown(
    new: Counted, hidden: pd.DataFrame, known: Knowledge, out: Knowledge
) -> set[tuple[Group, str]]:
    """The numbers that the new release shows, and none before it.

    A nought can be hidden where somebody is in its denominator: who sees it hidden cannot
    tell whether it is one.
    """
    found = set()
    for count in known.counts:
        somebody = new.cells[PARENT.get(count, count)].to_numpy() > 0
        visible = ~hidden[count].to_numpy() & somebody
        groups = (new.group(cell) for cell in new.cells.index[visible])
        found |= {(group, count) for group in groups if out.is_open(group, count)}
    return found


def _with_patients(new: Counted, hidden: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The same with patients hidden in cells so small that they tell of one inside them.

    Patients do not add up: a cell has at most as many as any cell that it is part of.
    """
    hidden = hidden.copy()
    column = hidden.columns.get_loc(PATIENTS)
    index, patients = list(new.cells.index), new.cells[PATIENTS].to_numpy()
    few = too_few(patients, settings) & (patients > 0)
    for place in np.flatnonzero(few):
        target = max(cell_size(settings), patients[place] + SHORTEST)
        for other, cell in enumerate(index):
            around = contains(new.group(cell), new.group(index[place]))
            if around and published_range(int(patients[other]), settings)[1] < target:
                hidden.iloc[other, column] = True
    return hidden
