"""The made-up clinic, to look around with before the own data are in."""

import streamlit as st

from dashboard.importing import doing, session
from dashboard.importing.doing import File
from dashboard.request import Request
from pipelines.places import SAMPLES


def offer(asked: Request) -> None:
    """A button that imports the sample clinic through the same pipeline as any export."""
    st.markdown("Or look around first, with a made-up clinic. It can be undone, import by import.")
    if st.button("Load the sample clinic", type="primary", icon=":material/science:"):
        files = [File(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.csv"))]
        session.remember(doing.import_files(files, asked))
        st.rerun()
