"""The summary computed again, slowly: loops over visits, written from the definitions alone.

It shares no code with the pipelines: a visit is a plain mapping, a score a whole number of
thousandths, an interval the formula as it stands in the definition.
"""

import math
from collections import Counter, defaultdict
from datetime import date

from scipy import stats

from tests.oracles.plain_comparison import adjusted

Z = stats.norm.ppf(0.975)
NEEDLED = ("superficial", "deep", "electrical")
SERIOUS = {"pneumothorax", "nerve_injury", "infection"}
NO_RATE = {"rate": None, "ci": None}


def plain_summary(visits, as_of, gap=90, lowest=3000, due_days=30):
    """Every field of the contract from plain visits; thresholds are the defaults."""
    visits = sorted((tidy(visit) for visit in visits), key=order)
    episodes = form(visits, gap)
    for episode in episodes:
        describe(episode, as_of, lowest, due_days)
    sessions = [visit for visit in visits if visit["treated"]]
    days = [visit["day"] for visit in visits]
    return {
        "filters": {},
        "as_of": as_of.isoformat() if as_of else None,
        "period": [min(days).isoformat(), max(days).isoformat()] if days else None,
        "counts": {
            "patients": len({visit["patient"] for visit in visits}),
            "sessions": len(sessions),
            "visits": len(visits),
            "episodes": len(episodes),
            "no_baseline": sum(e["baseline"] is None for e in episodes),
            "low_baseline": sum(e["low"] for e in episodes),
            "not_yet_followed": sum(e["waiting"] for e in episodes),
            "orphan_follow_ups": sum(visit["orphan"] for visit in visits),
        },
        "pain": pain(episodes),
        "immediate": immediate(sessions),
        "sessions_to_improvement": sessions_to_improvement(episodes),
        "side_effects": side_effects(sessions),
        "condition_mix": condition_mix(episodes),
        "techniques": techniques(sessions, episodes),
    }


def tidy(visit):
    kind, technique = visit["visit_type"], visit["technique"]
    told = visit["side_effects"]
    effects = None if told is None else {term for term in told.split(";") if term}
    severity = visit["side_effect_severity"]
    if severity is not None and not effects:
        effects = {"other"}
    return {
        "patient": visit["patient_id"],
        "condition": visit["condition"],
        "day": visit["session_date"],
        "time": visit["session_time"],
        "import": visit["import_id"],
        "line": visit["source_line"],
        "therapist": visit["therapist"],
        "chronicity": visit["chronicity"],
        "age": visit["age"],
        "technique": technique,
        "treated": kind in ("evaluation", "treatment")
        or (kind == "discharge" and technique in NEEDLED),
        "before": thousandths(visit["pain_before"]),
        "after": thousandths(visit["pain_after"]),
        "effects": effects,
        "serious": severity == "serious" or bool((effects or set()) & SERIOUS),
        "orphan": False,
    }


def thousandths(score):
    return None if score is None else round(score * 1000)


def order(visit):
    time = visit["time"]
    return (visit["day"], time is None, time or 0, visit["import"], visit["line"])


def form(visits, gap):
    """Episodes as lists of visits; orphans are marked."""
    episodes, running, latest = [], {}, {}
    for visit in visits:
        care = (visit["patient"], visit["condition"])
        if visit["treated"]:
            episode = running.get(care)
            last = episode and [v for v in episode["visits"] if v["treated"]][-1]["day"]
            if episode is None or (visit["day"] - last).days > gap:
                episode = {"visits": []}
                episodes.append(episode)
            running[care] = latest[visit["patient"]] = episode
        elif visit["condition"] == "unspecified":
            episode = latest.get(visit["patient"])
        else:
            episode = running.get(care)
        if episode is None:
            visit["orphan"] = True
        else:
            episode["visits"].append(visit)
    return episodes


def describe(episode, as_of, lowest, due_days):
    visits = episode["visits"]
    for number, visit in enumerate([v for v in visits if v["treated"]], start=1):
        visit["number"] = number
    first = visits[0]
    episode["patient"], episode["condition"] = first["patient"], first["condition"]
    episode["technique"] = technique_of(visits)
    baseline = episode["baseline"] = first["before"]
    later = [v for v in visits if v["day"] > first["day"] and v["before"] is not None]
    known = baseline is not None
    episode["latest"] = later[-1]["before"] if later else None
    episode["followed"] = known and bool(later)
    episode["waiting"] = known and not later
    episode["low"] = known and baseline < lowest
    episode["eligible"] = episode["followed"] and not episode["low"]
    episode["due"] = known and (as_of - first["day"]).days >= due_days
    if episode["eligible"]:
        episode["time"], episode["event"] = sessions_needed(visits, later, baseline)


def sessions_needed(visits, later, baseline):
    for visit in later:
        if improved(baseline, visit["before"]):
            return treated_before(visits, visit), True
    return treated_before(visits, later[-1]), False


def treated_before(visits, visit):
    place = [v is visit for v in visits].index(True)
    return sum(v["treated"] for v in visits[:place])


def technique_of(visits):
    known = [v["technique"] for v in visits if v["treated"] and v["technique"] in NEEDLED]
    for name, count in Counter(known).items():
        if 4 * count >= 3 * len(known):
            return name
    return "mixed" if known else "unknown"


def improved(baseline, score):
    return baseline - score >= 2000 and fell(baseline, score, 30)


def fell(baseline, score, percent):
    return 100 * (baseline - score) >= percent * baseline


def pain(episodes):
    both = [e for e in episodes if e["followed"]]
    changes = [(e["baseline"] - e["latest"]) / 1000 for e in both]
    fine = [e for e in episodes if e["eligible"]]
    due = [e for e in episodes if e["due"] and not e["low"]]
    seen = [e for e in due if e["followed"]]
    hits = [e for e in seen if fell(e["baseline"], e["latest"], 30)]
    missing = len(due) - len(seen)
    ends = Counter(ending(e) for e in fine)
    return {
        "n": len(both),
        "baseline_mean": mean([e["baseline"] / 1000 for e in both]),
        "latest_mean": mean([e["latest"] / 1000 for e in both]),
        "change_mean": mean(changes),
        "change_ci": mean_interval(changes, [e["patient"] for e in both]),
        "change_median": median(changes),
        "eligible": len(fine),
        "responders_30": share(sum(fell(e["baseline"], e["latest"], 30) for e in fine), len(fine)),
        "responders_50": share(sum(fell(e["baseline"], e["latest"], 50) for e in fine), len(fine)),
        "responders_2pt": share(sum(e["baseline"] - e["latest"] >= 2000 for e in fine), len(fine)),
        "improved": share(ends["improved"], len(fine)),
        "unchanged": share(ends["unchanged"], len(fine)),
        "worse": share(ends["worse"], len(fine)),
        "completeness": share(
            sum(e["followed"] for e in episodes if e["due"]), sum(e["due"] for e in episodes)
        ),
        "responders_30_due": share(len(hits), len(seen)),
        "responders_30_bounds": [len(hits) / len(due), (len(hits) + missing) / len(due)]
        if due
        else None,
    }


def ending(episode):
    if improved(episode["baseline"], episode["latest"]):
        return "improved"
    return "worse" if episode["latest"] - episode["baseline"] >= 2000 else "unchanged"


def immediate(sessions):
    scored = [v for v in sessions if v["before"] is not None and v["after"] is not None]
    drops = [v["before"] - v["after"] for v in scored]
    patients = [v["patient"] for v in scored]
    changes = [drop / 1000 for drop in drops]
    return {
        "n": len(scored),
        "change_mean": mean(changes),
        "change_ci": mean_interval(changes, patients),
        "drop_1": session_rate([drop >= 1000 for drop in drops], patients),
        "drop_2": session_rate([drop >= 2000 for drop in drops], patients),
    }


def sessions_to_improvement(episodes):
    fine = [e for e in episodes if e["eligible"]]
    survival, spread, table = 1.0, 0.0, []
    firsts = {"median": None, "low": None, "high": None}
    for session in range(1, max((e["time"] for e in fine), default=0) + 1):
        at_risk = sum(e["time"] >= session for e in fine)
        events = sum(e["event"] and e["time"] == session for e in fine)
        survival *= 1 - events / at_risk
        limits = {"median": survival, "low": None, "high": None}
        if events and survival > 0:
            spread += events / (at_risk * (at_risk - events))
        if 0 < survival < 1:
            turn = Z * math.sqrt(spread) / math.log(survival)
            limits["low"], limits["high"] = (survival ** math.exp(s * turn) for s in (-1, 1))
        for name, limit in limits.items():
            if firsts[name] is None and limit is not None and limit <= 0.5 + 1e-9:
                firsts[name] = session
        ci = None if limits["low"] is None else [1 - limits["high"], 1 - limits["low"]]
        table.append(
            {
                "session": session,
                "at_risk": at_risk,
                "events": events,
                "improved": 1 - survival,
                "ci": ci,
            }
        )
    return {
        "n": len(fine),
        "events": sum(e["event"] for e in fine),
        "median": firsts["median"],
        "median_ci": [firsts["low"], firsts["high"]] if fine else None,
        "by_session": table,
    }


def side_effects(sessions):
    recorded = [v for v in sessions if v["effects"] is not None]
    patients = [v["patient"] for v in recorded]
    kinds = sorted({kind for v in recorded for kind in v["effects"]})
    some = {v["patient"] for v in recorded if v["effects"]}
    serious, of = sum(v["serious"] for v in recorded), len(recorded)
    return {
        "treatment_sessions": len(sessions),
        "recorded": of,
        "any": session_rate([bool(v["effects"]) for v in recorded], patients),
        "types": {
            kind: session_rate([kind in v["effects"] for v in recorded], patients) for kind in kinds
        },
        "patients_any": share(len(some), len(set(patients))),
        "serious": {
            "n": serious,
            "of": of,
            "rate_per_10000": 10000 * serious / of if of else None,
            "ci_per_10000": [10000 * limit for limit in exact(serious, of)] if of else None,
        },
    }


def condition_mix(episodes):
    count = Counter(e["condition"] for e in episodes)
    mix = []
    for name, n in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        rate = share(n, len(episodes))
        patients = {e["patient"] for e in episodes if e["condition"] == name}
        mix.append(
            {
                "condition": name,
                "episodes": n,
                "patients": len(patients),
                "share": rate["rate"],
                "ci": rate["ci"],
            }
        )
    return mix


def techniques(sessions, episodes):
    given = Counter(v["technique"] for v in sessions if v["technique"] in NEEDLED)
    reference = max(NEEDLED, key=lambda name: given[name]) if given else None
    at_once = [
        (v["technique"], v["patient"], (v["before"] - v["after"]) / 1000)
        for v in sessions
        if v["technique"] in NEEDLED and v["before"] is not None and v["after"] is not None
    ]
    lasting = [
        (e["technique"], e["patient"], (e["baseline"] - e["latest"]) / 1000)
        for e in episodes
        if e["technique"] != "unknown" and e["followed"]
    ]
    fair_at_once = adjusted([session_facts(v) for v in sessions], reference, NEEDLED)
    fair_later = adjusted([episode_facts(e) for e in episodes], reference, (*NEEDLED, "mixed"))
    listed = []
    for name in [*sorted(NEEDLED, key=lambda name: -given[name]), "mixed"]:
        own = [e for e in episodes if e["technique"] == name]
        if not own and not given[name]:
            continue
        fine = [e for e in own if e["eligible"]]
        hits = sum(fell(e["baseline"], e["latest"], 30) for e in fine)
        listed.append(
            {
                "technique": name,
                "sessions": given[name],
                "episodes": len(own),
                "responders_30": share(hits, len(fine)),
                "immediate": None if name == "mixed" else own_change(at_once, name),
                "immediate_raw": None if name == "mixed" else raw(at_once, name, reference),
                "immediate_adjusted": fair_at_once.get(name),
                "lasting": own_change(lasting, name),
                "lasting_raw": raw(lasting, name, reference),
                "lasting_adjusted": fair_later.get(name),
            }
        )
    return listed


def session_facts(visit):
    return {
        "group": visit["technique"],
        "patient": visit["patient"],
        "before": visit["before"],
        "outcome": visit["after"],
        "factors": [
            visit["condition"],
            visit["chronicity"],
            visit["therapist"],
            min(visit["number"], 4),
        ],
    }


def episode_facts(episode):
    first = episode["visits"][0]
    return {
        "group": episode["technique"],
        "patient": episode["patient"],
        "before": episode["baseline"],
        "outcome": episode["latest"],
        "factors": [episode["condition"], first["chronicity"], therapist_of(episode["visits"])],
        "age": first["age"],
    }


def therapist_of(visits):
    known = [v["therapist"] for v in visits if v["treated"] and v["therapist"] is not None]
    return max(known, key=known.count) if known else None


def own_change(rows, name):
    changes = [change for group, _, change in rows if group == name]
    patients = [patient for group, patient, _ in rows if group == name]
    return {
        "n": len(changes),
        "change_mean": mean(changes),
        "change_ci": mean_interval(changes, patients),
    }


def raw(rows, name, reference):
    groups = {group for group, _, _ in rows}
    if name == reference or not {name, reference} <= groups:
        return None
    means = {g: mean([change for group, _, change in rows if group == g]) for g in groups}
    sizes = Counter(group for group, _, _ in rows)
    difference = -means[name] + means[reference]
    scores = defaultdict(float)
    for group, patient, change in rows:
        sign = {name: 1, reference: -1}.get(group, 0)
        scores[patient] += sign * (means[group] - change) / sizes[group]
    patients, n = len({patient for _, patient, _ in rows}), len(rows)
    answer = {
        "difference": difference,
        "ci": None,
        "p": None,
        "p_holm": None,
        "reference": reference,
        "verdict": None,
        "reason": None,
    }
    if patients > 1 and n > len(groups):
        factor = patients / (patients - 1) * (n - 1) / (n - len(groups))
        error = math.sqrt(factor * sum(score**2 for score in scores.values()))
        half = stats.t.ppf(0.975, patients - 1) * error
        answer["ci"] = [difference - half, difference + half]
        if error > 1e-12:
            answer["p"] = 2 * stats.t.sf(abs(difference) / error, patients - 1)
        elif abs(difference) > 1e-12:
            answer["p"] = 0.0
    return answer


def mean(values):
    return sum(values) / len(values) if values else None


def median(values):
    if not values:
        return None
    values, half = sorted(values), len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def mean_interval(values, clusters):
    count = len(set(clusters))
    if count < 2:
        return None
    middle, sums = mean(values), defaultdict(float)
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] += value - middle
    squares = sum(total**2 for total in sums.values())
    error = math.sqrt(count / (count - 1) * squares) / len(values)
    half = stats.t.ppf(0.975, count - 1) * error
    return [middle - half, middle + half]


def share(n, of):
    if not of:
        return {"n": n, "of": of, **NO_RATE}
    return {"n": n, "of": of, "rate": n / of, "ci": wilson(n / of, of)}


def wilson(rate, of):
    middle = (rate + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z / (1 + Z**2 / of) * math.sqrt(rate * (1 - rate) / of + Z**2 / (4 * of**2))
    return [middle - half, middle + half]


def session_rate(events, clusters):
    n, of = sum(events), len(events)
    if not of:
        return {"n": 0, "of": 0, **NO_RATE}
    rate, effect, count = n / of, 1.0, len(set(clusters))
    if n == 0:
        return {"n": 0, "of": of, "rate": 0.0, "ci": [0.0, 1 - 0.05 ** (1 / of)]}
    if n < of and count > 1:
        hits, sizes = Counter(), Counter(clusters)
        for event, cluster in zip(events, clusters, strict=True):
            hits[cluster] += event
        squares = sum((hits[c] - rate * sizes[c]) ** 2 for c in sizes)
        variance = count / (count - 1) * squares / of**2
        effect = max(1.0, variance / (rate * (1 - rate) / of))
    return {"n": n, "of": of, "rate": rate, "ci": wilson(rate, of / effect)}


def exact(n, of):
    if n == 0:
        return [0.0, 1 - 0.05 ** (1 / of)]
    low = stats.beta.ppf(0.025, n, of - n + 1)
    return [low, 1.0 if n == of else stats.beta.ppf(0.975, n + 1, of - n)]


def plain_visits(frame):
    """A frame of sessions as plain mappings; missing is None."""
    return [
        {name: _plain(value) for name, value in record.items()}
        for record in frame.to_dict("records")
    ]


def _plain(value):
    if value is None or value != value:
        return None
    return date(value.year, value.month, value.day) if hasattr(value, "year") else value
