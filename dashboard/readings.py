"""How to read each chart: what a point is, what to look for, and what it cannot show.

One text for the page and for docs/charts.md, which is made from it.
"""

BY_GROUP = (
    "A line for each group. Where bands overlap, no difference is shown; the groups may differ in "
    "other things than the one they are named after."
)
FOREST = (
    "A row is a group against the reference, which is the line at 0. The hollow dot is the raw "
    "difference, the filled dot the one between patients alike in what was recorded, the line its "
    "95% interval. An interval that crosses 0 shows no clear difference. Where a row has words "
    "instead of dots there are too few, or too unlike, to say. Order is fixed, not by outcome."
)

READINGS = {
    "activity": "The bars are treatment sessions, the line new episodes of care, by month. A "
    "period that begins or ends within a month cuts that month short.",
    "condition_mix": "A row is a condition. The bar is its number of new episodes; the dot beside "
    "it is the share of those followed up that had enough less pain, the line its 95% interval. "
    "A short bar mostly has a wide interval: it says little, neither good nor bad.",
    "mix_by_chronicity": "A row is how long the complaint had lasted at the first visit: bar for "
    "how many, dot and interval for their outcome. Chronic pain changes less in every clinic.",
    "mix_by_region": "A row is a body region: bar for how many new episodes, dot and interval for "
    "their outcome.",
    "mix_by_month": "A square is a condition in a month; the stronger its colour, the more new "
    "episodes. Look along a row for what comes and goes; a single dark square is often chance.",
    "outcomes": "All episodes followed up, in three shares that add to 100%. Who was not followed "
    "up is not in it: read it together with the share followed up.",
    "distribution": "Each score from 0 to 10, with the share of episodes that had it before the "
    "first and before the latest treatment. A shift to the left is less pain. Who starts high "
    "falls a little by chance alone.",
    "responder_curve": "Go to a fall on the axis below and read upwards: so many episodes fell by "
    "at least that much. The marks are the two usual thresholds, but the curve lets anyone choose "
    "another. Left of 0 are those whose pain rose.",
    "trajectory": "Mean pain before each session. People who are better stop coming, and so do "
    "people who are not: the second line, of those who came often, shows whether the fall of the "
    "first is only the others leaving.",
    "duration": "At each week, those who had a visit near it: how many had enough less pain, and "
    "how many of those improved before still were. Who does well may no longer come, so the later "
    "weeks hold the harder cases.",
    "horizons": "Above, the fall within one session; below, the fall from the first to the latest "
    "visit. The first comes back partly before the next session, so falls never add up.",
    "pain_by_group": "A row is a group: the dot is the share of those followed up that had enough "
    "less pain, the line its 95% interval. The pale bar goes from the share if all who are due and "
    "missing had failed to the share if all had improved: where it is long, follow-up decides. "
    "Order is by number, not by outcome. Lines that overlap show no difference. The table has the "
    "other thresholds, the mean and median fall, follow-up and what was kept to the next visit.",
    "improvement_curve": "The share improved by each session if everybody carried on, with its "
    "95% band. Those who stopped count for as long as they came; under the axis stands how many "
    "still did. It ends where few are left.",
    "what_happened": "What did happen: improved, left without improvement, or still coming. It "
    "lies below the curve above it, since people who leave can no longer improve here.",
    "waiting_by_first_technique": BY_GROUP,
    "waiting_by_chronicity": BY_GROUP,
    "waiting_by_condition": BY_GROUP,
    "side_effect_types": "A row is a side effect: the dot is how many of 100 recorded sessions had "
    "it, the line its 95% interval. Grey signs are published rates; how people were asked moves "
    "them more than how they were needled.",
    "side_effects_by_group": "A row is a group: dot and 95% interval per 100 recorded sessions, "
    "and of how many sessions they were recorded at all. Groups differ in whom they treat and in "
    "how people were asked, so a higher rate is not the needle's doing alone.",
    "events_published": "The upper dot is the clinic's, with its 95% interval; grey dots are two "
    "published surveys. All count events: a session with two side effects is two. Who was asked, "
    "and how, moves such rates more than how they were needled.",
    "side_effects_by_month": "A point is a month. Inside the dashed limits months differ by chance "
    "alone; a diamond is a month that one of four rules signals. A signal says look, not why: "
    "first see whether recording changed.",
    "recording_rate": "A row is a therapist: how many of their sessions say anything about side "
    "effects, none included. Where few do, no rate means much. It says nothing about care.",
    "between_serious": "A point is a serious event, its height the recorded sessions since the one "
    "before. Higher is rarer. Below the lower limit they came closer together than chance allows.",
    "therapist_funnel": "A point is a therapist: to the right with more episodes, up with more "
    "of them with enough less pain. Inside the shaded funnel a share is no different from what "
    "chance gives so many episodes of the clinic's average case; 1 in 20 lies outside the inner "
    "band by chance. Outside the dashed limits is worth a look, at the cases and the record first. "
    "Points inside say nothing about who does better, whatever their height. Hard cases widen "
    "what chance allows: the limits that count are those of each therapist's own cases.",
    "therapist_limits": "A row is a therapist, in order of name. The filled dot is the share "
    "standardised to the cases, the hollow one as counted; where they lie apart, the cases are "
    "harder or easier than the clinic's. The thick bar is what chance allows just these cases at "
    "95%, the thin one at 99.8%: only outside the thin one is worth a look. A long bar is a "
    "small number of episodes.",
    "forest_immediate": FOREST,
    "forest_lasting": FOREST,
    "forest_responders": FOREST,
    "baseline_overlap": "The bars are the reference, the stepped line the group beside it: how "
    "many of each began at each score. Where they lie on each other, people were alike; where only "
    "one stands, there is nobody to compare with.",
    "balance": "A row is a fact recorded before the treatment. The hollow dot is how unlike the "
    "two groups are in it, the filled one how unlike after weighting. Left of the dashed line "
    "counts as alike. It says nothing about facts that were not recorded.",
    "sensitivity": "A row is another way to get the same difference; the first is the one above. "
    "Dots that lie together say that it does not hang on the method. A diamond is a way that tells "
    "another story: then no single figure is to be trusted.",
    "for_whom": "A row is a kind of patients: the hollow dot their own difference, the filled dot "
    "with its interval the same drawn towards the mean of all, since small groups scatter by "
    "chance. Go by the test in words, not by the dots that lie farthest out.",
}
