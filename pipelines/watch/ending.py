"""How a watch is asked to end: by Ctrl-C, or by the signal of whatever started it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Ended(BaseException):
    """Asks the watch to end at once: whatever is under way is as safe as at a kill."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within it either signal raises Ended; a second one does not disturb the ending."""
    signals = (signal.SIGINT, signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Ended

    before = {each: signal.signal(each, end) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
