"""What a patient may be told of the time to improvement: how many of ten, whom that is about.

Pure functions of figures, right at none, one and many; the doubt stands in each.
"""

import math

from dashboard import theme
from dashboard.phrases import Row, few, several
from pipelines.settings import Settings


def of_ten(mark: Row, settings: Settings) -> str:
    """Out of ten people like those selected, how many improved by one number of sessions.

    `mark` is a row of `improved_by`. Limits are rounded outwards, so that ten people never
    promise more than the interval does.
    """
    session, low, high = int(mark["session"]), mark["low"], mark["high"]
    when = f"by session {session}"
    if few(int(mark["at_risk"]), settings) or not theme.known(low) or not theme.known(high):
        return f"Too few were still coming to say how many improve {when}."
    about, least, most = round(10 * mark["improved"]), math.floor(10 * low), math.ceil(10 * high)
    number = "none" if about == 0 else "all 10" if about == 10 else f"about {about}"
    return (
        f"Of 10 people like these, {number} had improved {when}, if all had carried on "
        f"(95% interval {least} to {most} of 10)."
    )


def like_these(episodes: int, settings: Settings) -> str:
    """Whom the sentence is about, and who is not in it."""
    if not episodes:
        return ""
    begun = f"began with pain of {settings.lowest_baseline:g} or more and gave a score again"
    return (
        f"Like these: {several(episodes, 'episode')} of this selection that {begun}. Those who "
        "never gave a second score are not in it, and what it says of sessions is no promise "
        "about one person."
    )


def did_happen(by_then: Row | None, settings: Settings) -> str:
    """What share had improved and left by one number of sessions, of all who began."""
    if by_then is None or few(int(by_then["at_risk"]), settings):
        return ""
    improved, left, neither = (theme.percent(by_then[n]) for n in ("improved", "left", "neither"))
    return (
        f"What did happen by session {int(by_then['session'])}: {improved} had improved, {left} "
        f"had left without, {neither} neither yet."
    )
