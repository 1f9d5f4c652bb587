"""Text from an export inside Markdown, shown as it is written: no element, link or icon of it.

A backslash takes every sign its meaning. Some patterns are looked for after that, in the text
that is left (`:name:` for pictures, addresses for links, arrows and dashes): an invisible word
joiner inside breaks these. The importer drops it, should the text be copied into an export.
"""

import re

JOINER = "\N{WORD JOINER}"
SIGN = re.compile(r"[\\`*_\[\]<>$~#|&{}]")
AT_THE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
PATTERN = re.compile(
    r":(?=[^\W\d]|[-+/]|\d+:)|@(?=\w)|(?<=\bwww)(?=\.)|<(?=-|=)|[->~](?==)|-(?=[->])", re.IGNORECASE
)


def as_written(text: str) -> str:
    """Markdown that shows the text, on one line; plain words are that Markdown themselves."""
    line = PATTERN.sub(rf"\g<0>{JOINER}", " ".join(text.split()))
    line = SIGN.sub(r"\\\g<0>", line)
    return AT_THE_START.sub(_not_at_the_start, line)


def _not_at_the_start(found: re.Match) -> str:
    """A sign of a list or a heading as a letter; behind a number stands the sign of its list."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def as_code(text: str) -> str:
    """Markdown that shows the text on one line, in the letters of a header or a file name."""
    line = " ".join(text.split()).replace(":material/", f":{JOINER}material/")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"`{line}`"
