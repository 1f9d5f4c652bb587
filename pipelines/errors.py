"""What a user can mend, said in a sentence or two without a traceback."""

from typing import Any


class OutcomesError(Exception):
    """What was found, where, and what to do about it.

    The command prints the message alone, a page shows it in place. The message
    never holds the value of a cell: it may end up in a log.
    """

    exit_status = 1


class BadUsage(OutcomesError):
    """A name or an option that means nothing here."""

    exit_status = 2


class FileRefused(OutcomesError):
    """A file that cannot be an export of sessions; the store stays as it was.

    `questions` (pipelines.ingest.questions.Question) are those whose answer would let it in.
    """

    def __init__(self, sentence: str, questions: tuple[Any, ...] = ()) -> None:
        super().__init__(sentence)
        self.questions = questions


class StoreUnsound(OutcomesError):
    """A store that breaks one of its own promises, or cannot be read."""
