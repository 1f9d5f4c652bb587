"""Windows-1252 or Mac Roman: the one in which the bytes above 127 make likely words and signs."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from pipelines.listing import listed

CODECS = (("windows-1252", "cp1252"), ("mac-roman", "mac_roman"))
NOT_ASCII = re.compile(rb"[\x80-\xff]")
LOOKED_AT = 50_000
TOLD = 3
TITLES = {"windows-1252": "Windows-1252", "mac-roman": "Mac Roman"}
APOSTROPHE, OPENING, CLOSING = "\u2019", "\u201c\u201e\u2018\u201a«\u2039¿¡", "\u201d»\u203a"
SIGNS = "\u2013\u2014…•·°½¼¾€£§®©™µ²³±\u00a0\u00d7÷"
RARE = "ŸÐÞŽþðƒ"
NO_LETTERS = "ºªﬁﬂıµπ"


def judged(data: bytes) -> tuple[str, str, str]:
    """Name and codec of the likelier encoding, and why, over all distinct bytes above 127."""
    around = Counter(itertools.islice(_with_neighbours(data), LOOKED_AT))
    likeness = {codec: _likeness(around, codec) for _, codec in CODECS}
    (name, codec), (other, second) = CODECS
    if likeness[second] > likeness[codec]:
        name, codec, other = other, second, name
    why = _shown(around, codec)
    if likeness["cp1252"] == likeness["mac_roman"]:
        why += f" (as well as in {TITLES[other]}, which is rarer)"
    return name, codec, why


def _with_neighbours(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    for match in NOT_ASCII.finditer(data):
        at = match.start()
        yield data[max(at - 1, 0) : at], match[0], data[at + 1 : at + 2]


def _likeness(around: Counter, codec: str) -> float:
    """The mean likeness of each distinct byte in its places, summed."""
    sums, counts = Counter(), Counter()
    for (before, byte, after), number in around.items():
        letters = [part.decode(codec, "replace") for part in (before, byte, after)]
        sums[byte] += number * _likely(*letters)
        counts[byte] += number
    return round(sum(sums[byte] / counts[byte] for byte in counts), 9)


def _likely(before: str, letter: str, after: str) -> float:
    """How likely a letter is between two others: 2 for sure, 1 for well, -1 for hardly."""
    if letter in RARE:
        return -0.5 if before.islower() else 0
    if letter.islower() and letter not in NO_LETTERS:
        return 2 if before.isalpha() or after.isalpha() else 1
    if letter.isupper():
        return -1 if before.islower() else 2 if before.isalpha() or after.isalpha() else 0.75
    if letter == APOSTROPHE:
        return 2 if before.isalpha() else 0
    if letter in OPENING:
        return -1 if before.isalpha() else 2 if after.isalpha() else letter not in "¿¡"
    if letter in CLOSING:
        return -1 if after.isalpha() else 2
    return 1 if letter in SIGNS else -1


def _shown(around: Counter, codec: str) -> str:
    """The commonest bytes with the letters that they are: `bytes 0x8E (é) and 0xD5 (’)`."""
    counts = Counter()
    for (_, byte, _), number in around.items():
        counts[byte] += number
    told = [
        f"0x{byte.hex().upper()} ({byte.decode(codec, 'replace')})"
        for byte, _ in counts.most_common(TOLD)
    ]
    return (
        f"bytes {listed(told)} read well in it"
        if len(told) > 1
        else f"byte {told[0]} reads well in it"
    )
