"""What a watch cannot handle now and tries at every look: each told once, until it is over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipelines.errors import OutcomesError


class Troubles:
    """The troubles there are, by what they are about; `warn` is told of each new one."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn, self._by_key = warn, {}

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self._by_key.values())

    def forget_all_but(self, keys: set[str]) -> None:
        """Without those about what is no longer there."""
        self._by_key = {key: said for key, said in self._by_key.items() if key in keys}

    @contextmanager
    def told(self, key: str, about: str, *kinds: type[Exception]) -> Iterator[None]:
        """Within it, an exception of these kinds is a trouble and goes no further."""
        try:
            yield
        except kinds as error:
            said = f"{about}: {_in_words(error)}" if about else _in_words(error)
            if self._by_key.get(key) != said:
                self._warn(said)
            self._by_key[key] = said
        else:
            self._by_key.pop(key, None)


def as_trouble() -> tuple[type[Exception], ...]:
    """What is no fault of a file: a disk that is full, an installation that lacks a part."""
    from deltalake.exceptions import DeltaError

    return DeltaError, ImportError


def _in_words(error: Exception) -> str:
    """A sentence without a path or a cell, which the messages of others may hold."""
    if isinstance(error, OutcomesError):
        return f"{error} {AGAIN}"
    if isinstance(error, PermissionError):
        return (
            f"It cannot be read, moved or written: this user lacks the right, or another {IN_USE}"
        )
    why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return f"It cannot be read, moved or written ({why}). {AGAIN}"


AGAIN = "It is tried again at each look."
IN_USE = f"program has it open. {AGAIN}"
