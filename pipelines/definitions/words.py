"""Interval methods and sources that several definitions name."""

WILSON = "Wilson interval, 95%."
CLUSTERED = "95% interval with patients as clusters."
CLUSTERED_RATE = (
    "Wilson interval on the effective sample size, patients as clusters (Rao and Scott 1992); "
    "with no event, the exact one-sided upper bound."
)
LOG_LOG = "Log-log interval, 95%."
EXACT = "Exact (Clopper-Pearson) 95% interval; with none, the exact one-sided upper bound."

IMMPACT = "Dworkin et al., J Pain 2008 (IMMPACT); Farrar et al., Pain 2001."
RULES = "NHS Making Data Count."

POINTS = "points of 0-10, positive is less pain"
LESS_IS_BETTER = "points of 0-10, negative is less pain"
SCORE = "points of 0-10"
SHARE = "share of 1"
EPISODES = "episodes"
SESSIONS = "treatment sessions"
VISITS = "visits"
PATIENTS = "patients"
