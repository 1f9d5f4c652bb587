"""Random choices for many rows at once."""

import numpy as np


def pick(rng: np.random.Generator, cumulative: np.ndarray, count: int) -> np.ndarray:
    """Positions drawn by one set of cumulative shares."""
    drawn = np.searchsorted(cumulative, rng.random(count), side="right")
    return np.minimum(drawn, len(cumulative) - 1)


def pick_each(rng: np.random.Generator, cumulative: np.ndarray) -> np.ndarray:
    """A position for each row, drawn by the row's own cumulative shares."""
    passed = rng.random(len(cumulative))[:, None] >= cumulative[:, :-1]
    return passed.sum(axis=1)


def bits(rng: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """A set of bits for each row; column k of the shares is the chance of bit k."""
    drawn = rng.random(shares.shape) < shares
    return drawn @ (1 << np.arange(shares.shape[1]))
