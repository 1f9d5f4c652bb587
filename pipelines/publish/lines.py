"""Which sums could give a secret away, and the next cell to hide for it.

A line is a total and the parts that make it up, one of them (or the total) being the secret's
group. It tells the more the less of it is hidden.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.publish.cube import ALL, CELL, PARENT, RATES, parents_of
from pipelines.publish.groups import Counted, Group, overlap
from pipelines.publish.knowledge import Knowledge, Secret
from pipelines.publish.periods import year_of


class Line(NamedTuple):
    """A total, its parts, and whether the secret is one of the parts (left out) or the total."""

    total: Group
    parts: tuple[Group, ...]
    secret_is_a_part: bool


class Hide(NamedTuple):
    """A count of a group that would be hidden next."""

    group: Group
    count: str


def next_to_hide(
    secret: Secret, new: Counted, known: Knowledge, may_hide: set[tuple[Group, str]]
) -> Hide | None:
    """The smallest number in the line that tells most; None where nothing is left to hide.

    Lines of the secret's own count first, then of the counts that it is a part of, then
    whatever is shown of anybody in its group. `may_hide` are the numbers that the new release
    shows and no earlier one has shown.
    """
    count = acting(secret)
    for along in (count, *parents_of(count)):
        found = _in_lines(secret, along, new, known, may_hide)
        if found:
            return found
    around = [one for one in may_hide if overlap(one[0], secret.group)] or list(may_hide)
    sizes = [(known.highest[one], Hide(*one)) for one in around]
    return min(sizes)[1] if sizes else None


def _in_lines(
    secret: Secret, count: str, new: Counted, known: Knowledge, may_hide: set[tuple[Group, str]]
) -> Hide | None:
    choices = []
    for line in lines_through(secret.group, new, known):
        total = (line.total,) if line.secret_is_a_part else ()
        found = _smallest(line.parts, count, known, may_hide) or _smallest(
            total, count, known, may_hide
        )
        if found:
            choices.append((bound(secret, count, line, known), *found))
    for one in (PARENT.get(count), count):
        if (secret.group, one) in may_hide:
            value = known.highest[(secret.group, one)]
            choices.append((value, value, Hide(secret.group, one)))
    return min(choices)[-1] if choices else None


def _smallest(
    groups: Sequence[Group], count: str, known: Knowledge, may_hide: set[tuple[Group, str]]
) -> tuple[float, Hide] | None:
    shown = [group for group in groups if (group, count) in may_hide]
    return min(((known.highest[(one, count)], Hide(one, count)) for one in shown), default=None)


def acting(secret: Secret) -> str:
    """The count to hide for a secret: of a denominator's rest the denominator."""
    return PARENT[secret.count] if secret.rest and secret.count not in RATES else secret.count


def bound(secret: Secret, count: str, line: Line, known: Knowledge) -> float:
    """The most that the secret can be by this line of a count alone."""
    group = secret.group
    low = sum(known.lowest.get((part, count), 0) for part in line.parts)
    high = sum(known.highest.get((part, count), np.inf) for part in line.parts)
    if secret.rest and count == secret.count:
        whole = known.highest.get((group, PARENT[count]), np.inf)
        least = known.lowest.get((line.total, count), 0) - high if line.secret_is_a_part else low
        return whole - max(least, 0)
    most = known.highest.get((line.total, count), np.inf) - low if line.secret_is_a_part else high
    return most - (known.lowest.get((group, secret.count), 0) if secret.rest else 0)


def lines_through(group: Group, new: Counted, known: Knowledge) -> Iterator[Line]:
    """Every line of the new release that the group stands in, and those across releases."""
    yield from _along_values(group, new)
    yield from _along_time(group, new, known)


def _along_values(group: Group, new: Counted) -> Iterator[Line]:
    groups = new.by_group
    for place in range(1, len(CELL)):
        total = group._replace(**{CELL[place]: ALL})
        parts = [
            part
            for value in new.values[CELL[place]]
            if (part := group._replace(**{CELL[place]: value})) in groups and part != group
        ]
        if group[place] != ALL and total in groups:
            yield Line(total, tuple(parts), True)
        elif group[place] == ALL and parts:
            yield Line(group, tuple(parts), False)


def _along_time(group: Group, new: Counted, known: Knowledge) -> Iterator[Line]:
    blocks = set(group.blocks)
    for period in (ALL, *new.values["year"]):
        total = new.group((period, *group[1:]))
        if total not in new.by_group or not blocks < set(total.blocks):
            continue
        rest = set(total.blocks) - blocks
        for parts in _partitions(rest, group, new, known):
            yield Line(total, parts, True)
    parts = [new.group((year, *group[1:])) for year in new.values["year"]]
    parts = [part for part in parts if set(part.blocks) < blocks]
    if parts and all(part in new.by_group for part in parts):
        yield Line(group, tuple(parts), False)


def _partitions(
    rest: set, group: Group, new: Counted, known: Knowledge
) -> Iterator[tuple[Group, ...]]:
    """Ways to make up the rest of a total's time: by years, by half-years, by an older release."""
    whole = group._replace(blocks=tuple(sorted(rest)))
    if (whole, known.counts[0]) in known.highest:
        yield (whole,)
    for of in (year_of, str):
        periods = sorted({of(half) for half, _ in rest})
        parts = [new.group((period, *group[1:])) for period in periods]
        fits = set().union(*(part.blocks for part in parts)) == rest
        if fits and all(part in new.by_group for part in parts):
            yield tuple(parts)
