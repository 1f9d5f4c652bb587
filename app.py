"""The front door: page setup, who is here, navigation, filters, and the page."""

from pathlib import Path

import streamlit as st

from dashboard import access, data, filters, request
from dashboard.plain import as_written
from pipelines.errors import OutcomesError

PAGES = "dashboard/pages"
HOUSE = Path(__file__).parent / "dashboard"

st.set_page_config("Outcomes", HOUSE / "icon.png", layout="wide")
st.html(HOUSE / "style.css")

try:
    viewer = access.current_viewer()
    asked = data.open_request(viewer)
except OutcomesError as error:
    st.error(as_written(str(error)))
    st.stop()

page = st.navigation(
    {
        "Outcomes": [
            st.Page(
                f"{PAGES}/overview.py",
                title="Overview",
                icon=":material/dashboard:",
                default=True,
                help="Is the clinic doing well, and what changed?",
            ),
            st.Page(
                f"{PAGES}/pain.py",
                title="Pain",
                icon=":material/trending_down:",
                help="Pain at the first and the latest visit, over time and within a session.",
            ),
            st.Page(
                f"{PAGES}/sessions_to_improvement.py",
                title="Sessions to improvement",
                icon=":material/stairs:",
                help="How many treatment sessions until improved, counting those who are not.",
            ),
            st.Page(
                f"{PAGES}/side_effects.py",
                title="Side effects",
                icon=":material/healing:",
                help="Side effects per 100 recorded sessions, by type, technique and month.",
            ),
            st.Page(
                f"{PAGES}/conditions.py",
                title="Conditions",
                icon=":material/category:",
                help="What people come for, with the outcome beside each share.",
            ),
        ],
        "Compare": [
            st.Page(
                f"{PAGES}/techniques.py",
                title="Techniques",
                icon=":material/compare_arrows:",
                help="Groups compared fairly: raw and adjusted, and what cannot be told.",
            ),
            *(
                [
                    st.Page(
                        f"{PAGES}/therapists.py",
                        title="Therapists",
                        icon=":material/groups:",
                        help="Each therapist beside the clinic's rate, with what chance allows.",
                    )
                ]
                if viewer.sees_therapists
                else []
            ),
        ],
        "Data": [
            st.Page(
                f"{PAGES}/import_and_quality.py",
                title="Import and quality",
                icon=":material/upload_file:",
                help="Drop exports, see what became of every row, mend, undo; what is missing.",
            ),
        ],
    },
    expanded=True,
)
if asked.as_of is not None:
    asked = filters.draw(asked, page.url_path)
request.remember(asked)
page.run()
