"""The course of episodes computed again with loops: how long it lasts, carry-over, trajectory."""

from collections import defaultdict
from itertools import pairwise

import pytest

from pipelines.measures.carry_over import carry_over
from pipelines.measures.duration import how_long_it_lasts
from pipelines.measures.trajectory import trajectory
from pipelines.settings import Settings
from tests.oracles.plain_summary import fell, form, improved, mean, order, plain_visits, tidy
from tests.support.clinics import clinic, random_sessions, values

SEEDS = range(12)
WINDOWS = {28: (21, 42), 56: (43, 69), 84: (70, 112)}


def plain_episodes(sessions):
    visits = sorted((tidy(visit) for visit in plain_visits(sessions)), key=order)
    return [episode["visits"] for episode in form(visits, 90)]


def at(visits, day):
    """The visit with a score nearest the day, and those with a score between it and the first."""
    first, (start, end) = visits[0]["day"], WINDOWS[day]
    scored = [v for v in visits if v["before"] is not None and v["day"] > first]
    inside = [v for v in scored if start <= (v["day"] - first).days <= end]
    if not inside or visits[0]["before"] is None:
        return None, []
    nearest = min(inside, key=lambda v: abs((v["day"] - first).days - day))
    place = [v is nearest for v in scored].index(True)
    return nearest, scored[:place]


@pytest.mark.parametrize("seed", SEEDS)
def test_how_long_it_lasts(seed: int):
    sessions = random_sessions(seed, 300)
    found = how_long_it_lasts(clinic(sessions), Settings()).set_index("day")
    for day in WINDOWS:
        seen = [(visits[0]["before"], *at(visits, day)) for visits in plain_episodes(sessions)]
        seen = [(base, visit["before"], before) for base, visit, before in seen if visit]
        high = [(base, score, before) for base, score, before in seen if base >= 3000]
        was = [row for row in high if any(improved(row[0], v["before"]) for v in row[2])]
        row = found.loc[day]
        assert row["n"] == len(seen) > 0
        assert row["change_mean"] == pytest.approx(mean([(b - s) / 1000 for b, s, _ in seen]))
        assert row["responders"] == sum(fell(base, score, 30) for base, score, _ in high)
        assert row["responders_of"] == len(high)
        assert row["still"] == sum(improved(base, score) for base, score, _ in was)
        assert row["still_of"] == len(was)


@pytest.mark.parametrize("seed", SEEDS)
def test_carry_over(seed: int):
    sessions = random_sessions(seed, 300)
    drops, carried, missing = [], [], 0
    for visits in plain_episodes(sessions):
        for visit, after in pairwise(visits):
            scores = (visit["before"], visit["after"], after["before"])
            if visit["treated"] and None in scores:
                missing += 1
            elif visit["treated"]:
                drops.append(scores[0] - scores[1])
                carried.append(scores[0] - scores[2])
    found = carry_over(clinic(sessions)).iloc[0]
    assert (found["n"], found["missing"]) == (len(drops), missing)
    assert found["retention"] == pytest.approx(sum(carried) / sum(drops))


@pytest.mark.parametrize("seed", SEEDS)
def test_trajectory(seed: int):
    sessions = random_sessions(seed, 300)
    lines = {"all": defaultdict(list), "completers": defaultdict(list)}
    for visits in plain_episodes(sessions):
        treated = [visit for visit in visits if visit["treated"]]
        for number, visit in enumerate(treated, start=1):
            for group in ("all", "completers")[: 1 + (len(treated) >= 3)]:
                lines[group][number].append(visit["before"])
    found = trajectory(clinic(sessions), Settings(completer_sessions=3))
    for group, line in lines.items():
        rows = found[found["group"] == group]
        known = {n: [s / 1000 for s in scores if s is not None] for n, scores in line.items()}
        assert values(rows, "session_number") == sorted(line)
        assert values(rows, "n") == [len(known[n]) for n in sorted(line)]
        assert values(rows, "missing") == [len(line[n]) - len(known[n]) for n in sorted(line)]
        assert values(rows, "mean") == pytest.approx([mean(known[n]) for n in sorted(line)])
