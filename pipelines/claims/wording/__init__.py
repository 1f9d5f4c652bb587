"""Whether a text says no more than the clinic's figures do, sentence by sentence."""

from pipelines.claims.wording.check import Checked, check_text
from pipelines.claims.wording.marks import Mark

__all__ = ["Checked", "Mark", "check_text"]
