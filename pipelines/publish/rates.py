"""Figures of the whole clinic as they may leave, held against the rules and earlier releases."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.measures.immediate import DROPS
from pipelines.publish.contributions import Contributions
from pipelines.publish.disclosure import SUPPRESSED, Counted, PublishedRate, published_rate
from pipelines.publish.figures import OUTCOMES, SERIOUS, SIDE_EFFECT, figure_names
from pipelines.settings import Settings

DENOMINATORS = {
    **dict.fromkeys(OUTCOMES, "eligible"),
    "scored": "sessions",
    **{f"drop_{points}": "scored" for points in DROPS},
    SERIOUS: "recorded",
}
"""The count of the tables, or the figure, that is the denominator of a figure."""
PARTS = (("improved", "unchanged", "worse"),)
"""Figures that add up to their denominator: where one is hidden, another one is too."""


def counted_figure(contributions: Contributions, figure: str) -> Counted:
    """A figure with the patients behind each part of it."""
    rows = contributions.figures
    rows = rows[rows["figure"] == figure].groupby("patient")[["n", "of"]].sum()
    rest, of = rows["of"] - rows["n"], int(rows["of"].sum())
    return Counted(
        n=int(rows["n"].sum()),
        of=of,
        patients_n=int((rows["n"] > 0).sum()),
        patients_of=int((rows["of"] > 0).sum()),
        patients_rest=int((rest > 0).sum()),
        largest_share=float(rows["of"].max() / of) if of else 0.0,
    )


def published_figures(
    contributions: Contributions, added: Iterable[Contributions], settings: Settings
) -> dict[str, PublishedRate | str]:
    """Each figure by name; `added` is what came since each earlier release that may tell."""
    every, since = {}, list(added)
    for name in figure_names():
        parts = [counted_figure(one, name) for one in (contributions, *since)]
        small = [_unlike_nothing(part, settings) for part in parts[1:]]
        whole = published_rate(parts[0], settings)
        every[name] = SUPPRESSED if any(small) else whole
    for together in PARTS:
        _hide_another(every, together)
    return every


def hide_with_the_tables(figures: dict[str, Any], hidden: Mapping[str, bool]) -> None:
    """Hides figures whose denominator the row of the whole clinic, or another figure, hides."""
    for name in figures:
        denominator = DENOMINATORS.get(name, "recorded" if name.startswith(SIDE_EFFECT) else None)
        closed = bool(hidden[denominator]) if denominator in hidden else False
        if closed or figures.get(denominator) == SUPPRESSED:
            figures[name] = SUPPRESSED


def _unlike_nothing(added: Counted, settings: Settings) -> bool:
    """Whether what was added to a figure since an older release stands for too few."""
    parts = Counted(0, 0, added.patients_n, added.patients_of, added.patients_rest)
    return published_rate(parts, settings) == SUPPRESSED


def _hide_another(figures: dict[str, Any], together: tuple[str, ...]) -> None:
    """Where one of several that add up is hidden, the smallest of the others is hidden too."""
    shown = [name for name in together if figures[name] != SUPPRESSED]
    if len(shown) == len(together) - 1:
        figures[min(shown, key=lambda name: (figures[name].n, name))] = SUPPRESSED


def figure_rows_of(figures: Mapping[str, PublishedRate | str]) -> list[dict[str, Any]]:
    """The figures as a release lists them."""
    return [{"figure": name, **rate_object(rate)} for name, rate in figures.items()]


def rate_object(rate: PublishedRate | str) -> dict[str, Any]:
    """n, of, rate, ci; each "suppressed" where the figure is hidden."""
    if isinstance(rate, str):
        return dict.fromkeys(("n", "of", "rate", "ci"), SUPPRESSED)
    ci = None if rate.ci is None else [round(limit, 6) for limit in rate.ci]
    return {
        "n": rate.n,
        "of": rate.of,
        "rate": None if rate.rate is None else round(rate.rate, 6),
        "ci": ci,
    }
