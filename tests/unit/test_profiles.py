"""Every profile in data/profiles tells its own example, no other one's, and imports it whole."""

from pathlib import Path

import pytest

from pipelines.errors import OutcomesError
from pipelines.ingest.columns import likeness
from pipelines.ingest.columns.profiles import load_profiles, recognise
from pipelines.ingest.read import read_table
from pipelines.ingest.reading.part import as_part
from pipelines.places import PROFILES
from pipelines.vocabulary import load_vocabulary
from tests.support.exports import accounted, column, empty_store, take

EXAMPLES = sorted((PROFILES / "examples").iterdir())
SYSTEMS = (
    "webpt", "jane", "cliniko", "simplepractice", "prompt", "nookal", "openemr", "redcap_raw",
    "redcap_labels", "google_forms", "microsoft_forms", "qualtrics", "power_bi", "excel_english",
    "excel_german",
)  # fmt: skip


def profile_of(path: Path):
    """The profile whose file has the example's name."""
    stems = sorted(found.stem for found in PROFILES.glob("*.toml"))
    return load_profiles()[stems.index(path.stem)]


def header_of(path: Path) -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    table = read_table(as_part(path.read_bytes()), lambda cells: likeness(cells, vocabulary))
    return table.layout.header


def test_every_system_has_a_profile_and_every_profile_an_example():
    assert {path.stem for path in PROFILES.glob("*.toml")} == {path.stem for path in EXAMPLES}
    assert {path.stem for path in EXAMPLES} >= set(SYSTEMS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_profile_tells_its_own_example_and_no_other(path: Path):
    header = header_of(path)
    assert recognise(header) is profile_of(path)
    assert [p.told_by.name for p in load_profiles() if p.likeness(header)] == [
        profile_of(path).told_by.name
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_imported_whole(path: Path, tmp_path: Path):
    store = empty_store(tmp_path)
    report = take(store, path.read_bytes(), path.name)
    assert accounted(report)
    assert report.quarantined == 0, report.reasons
    assert report.accepted >= 2
    assert f"read as the export of {profile_of(path).told_by.name}" in " ".join(
        map(str, report.steps)
    )
    for name in ("pain_before", "pain_after", "condition"):
        assert None not in column(store, name), name
    held = " ".join(map(str, store.current().astype(object).to_numpy().ravel()))
    assert not any(text in held for text in ("Sample", "example.org", "192.0.2", "1980-05-01"))


def test_a_profile_names_what_is_wrong_with_it(tmp_path: Path):
    told = '[[profile]]\nname = "One"\nabout = "A system."\nall_of = ["A"]\n'
    (tmp_path / "one.toml").write_text(told + '\n[[column]]\nheader = "A"\ncolumn = "pian"\n')
    with pytest.raises(OutcomesError, match=r"“pian” in one.toml is no column of a visit"):
        load_profiles(tmp_path)
