"""Every property of tests/generative, searched freely and for longer."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.support.hygiene import PROJECT

TITLE = "Properties searched for longer"
ABOUT = """
In the suite each property is tried on a small, fixed set of examples. Here hypothesis
looks freely for a counterexample, with up to 2,000 examples for each property.
"""


def run(seed: int) -> Iterator[dict]:
    """One row for each property: whether a counterexample was found, and how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        _search(seed, report)
        for case in ElementTree.parse(report).iter("testcase"):
            yield {
                "property": case.get("name").removeprefix("test_").replace("_", " "),
                "counterexample": "none" if case.find("failure") is None else "FOUND",
                "seconds": round(float(case.get("time"))),
            }


def _search(seed: int, report: Path) -> None:
    command = [sys.executable, "-m", "pytest", "tests/generative", f"--hypothesis-seed={seed}"]
    subprocess.run(
        [*command, f"--junitxml={report}", "-n", "2"],
        cwd=PROJECT,
        env=os.environ | {"OUTCOMES_STUDIES": "1"},
        check=False,
    )
