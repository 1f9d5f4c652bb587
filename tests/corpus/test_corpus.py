"""Files of practice systems, databases, spreadsheets and forms come out as their truth says."""

from pathlib import Path

import pytest

from tests.corpus.items import ITEMS
from tests.corpus.judge import judged, worst
from tests.corpus.labels import Labelled, corpus
from tests.corpus.table import printed

SYSTEMS = (
    "practice systems", "research databases", "survey forms", "spreadsheets", "by hand",
    "languages", "workbooks", "zip files", "hostile files", "exported again",
)  # fmt: skip
FILES = [file for file in corpus() if file.kind in SYSTEMS]
GRADES: dict[str, str] = {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_comes_out_as_its_truth_says(file: Labelled, tmp_path: Path):
    faults = judged(file, tmp_path, written=False)
    GRADES[file.name] = worst(faults)
    assert [f"{fault.grade}: {fault.what}" for fault in faults] == []


@pytest.fixture(scope="module", autouse=True)
def the_table_is_printed():
    """Seen with `pytest -s`."""
    yield
    print(f"\n{printed((file for file in FILES if file.name in GRADES), GRADES)}")


def test_every_item_of_exports_has_a_file():
    covered = {item for file in corpus() for item in file.covers}
    assert [item for item in ITEMS if item not in covered] == []
    assert len(corpus()) >= 80
