"""The publication pack: from a release alone, the same bytes each time, hidden values nowhere."""

import hashlib
import json

import pytest

from dashboard.report.pack.content import Content, Statement
from dashboard.report.pack.files import MANIFEST, files
from dashboard.report.pack.folder import write_folder
from pipelines.errors import OutcomesError

HIDDEN = "suppressed"
SAID = "Among 500 episodes of care, 300 had at least 30% less pain."
ROWS = [
    ("all", 600, 500, 300),
    ("low_back_pain", 120, 100, 60),
    ("neck_pain", 90, 70, 45),
    ("whiplash", HIDDEN, HIDDEN, HIDDEN),
]
RELEASE = {
    "release": "2026-06",
    "made": "2026-07-31",
    "period": ["2023-07-01", "2026-06-30"],
    "previous": None,
    "settings": {"responder_percent": 30.0, "substantial_percent": 50.0, "lowest_baseline": 3.0},
    "tables": [
        {
            "table": "condition",
            "dimensions": ["condition"],
            "rows": [
                {"condition": name, "episodes": every, "eligible": of, "responders_30": n}
                | {"any_side_effect": HIDDEN, "recorded": HIDDEN, "ci": [0.5, 0.7]}
                for name, every, of, n in ROWS
            ],
        }
    ],
}
STATEMENTS = [
    Statement(1, "Many have less pain", "supported", (SAID,)),
    Statement(4, "It lasts", "not enough data", ()),
]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Every file of a small release."""
    return files(Content(RELEASE, STATEMENTS), json.dumps(RELEASE).encode())


def test_the_same_release_gives_the_same_bytes(made):
    assert files(Content(RELEASE, STATEMENTS), json.dumps(RELEASE).encode()) == made


def test_the_manifest_names_every_file_with_its_hash(made):
    listed = {one["file"]: one["sha256"] for one in json.loads(made[MANIFEST])["files"]}
    others = {path: data for path, data in made.items() if path != MANIFEST}
    assert listed == {path: hashlib.sha256(data).hexdigest() for path, data in others.items()}


def test_the_page_needs_nothing_from_elsewhere(made):
    page = made["page.html"].decode()
    assert "<script" not in page
    assert "src=" not in page
    assert SAID in page
    assert "Low back pain, n = 100" in page
    assert "Whiplash is not shown" in page


def test_a_chart_names_its_release(made):
    assert "release 2026-06" in made["charts/responders-by-condition.txt"].decode()
    assert b"release 2026-06" in made["charts/responders-by-condition.svg"]


def test_a_pack_replaces_a_pack_and_nothing_else(made, tmp_path):
    write_folder(tmp_path / "pack", made)
    write_folder(tmp_path / "pack", made)
    assert (tmp_path / "pack" / "summary.pdf").read_bytes() == made["summary.pdf"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("mine")
    with pytest.raises(OutcomesError, match="no publication pack"):
        write_folder(tmp_path / "own", made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own", "pack"]
