"""What the clinic's page says, held claim by claim against the clinic's own data.

The same function serves the owner's live data and the frozen clinic of a release. No
verdict says that needling caused anything: it says whether the clinic's figures bear the
words out.
"""

from pipelines.claims.held import NOT_ENOUGH, NOT_SUPPORTED, SUPPORTED, VERDICTS, Held
from pipelines.claims.hold import hold_claims

__all__ = ["NOT_ENOUGH", "NOT_SUPPORTED", "SUPPORTED", "VERDICTS", "Held", "hold_claims"]
