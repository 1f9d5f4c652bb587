"""Interval methods and sources that several definitions name."""

WILSON = "Wilson interval, 95%."
CLUSTERED = "95% interval with patients as clusters."
CLUSTERED_RATE = (
    "Exact 95% interval on the effective sample size, patients as clusters (Korn and Graubard, "
    "Survey Methodology 1998); with no event, the exact one-sided upper bound. "
    "`outcomes summary --json` gives Wilson limits on that size (Rao and Scott, Biometrics 1992), "
    "which are a little narrower where patients are few."
)
LOG_LOG = "Log-log interval, 95%."
EXACT = "Exact (Clopper-Pearson) 95% interval; with none, the exact one-sided upper bound."

IMMPACT = "Dworkin et al., J Pain 2008 (IMMPACT); Farrar et al., Pain 2001."
RULES = "NHS Making Data Count."

POINTS = "points of 0-10, positive is less pain"
LESS_IS_BETTER = "points of 0-10, negative is less pain"
SCORE = "points of 0-10"
SHARE = "share, 0 to 1"
EPISODES = "episodes"
SESSIONS = "treatment sessions"
VISITS = "visits"
PATIENTS = "patients"
