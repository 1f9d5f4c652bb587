"""Every reason, repair and skip that the importer can count has its sentence, and no other."""

import re

import pytest

from pipelines.ingest.rows import SKIPPED
from pipelines.ingest.rules import load_rules, reason_in_words
from pipelines.places import PROJECT

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((PROJECT / "pipelines/ingest").rglob("*.py"))
)


def _quoted(name: str) -> bool:
    return re.search(rf"[\"']{name}[\"']", CODE) is not None


@pytest.mark.parametrize("kind", ["reason", "repair", "flag"])
def test_every_rule_with_a_sentence_is_one_that_the_importer_uses(kind):
    assert [name for name in load_rules()[kind] if not _quoted(name)] == []


def test_every_way_to_skip_a_row_has_its_sentence_in_order():
    assert tuple(load_rules()["skip"]) == SKIPPED


@pytest.mark.parametrize("name", ["pain_is_a_range", "date_in_the_future", "unknown_status"])
def test_a_reason_names_the_column_and_the_cell(name):
    assert "Pain" in reason_in_words(name, "Pain", "6-7")
    assert "6-7" in reason_in_words(name, "Pain", "6-7")


def test_a_reason_about_the_whole_row_reads_as_a_sentence():
    assert reason_in_words("no_patient", None, "") == "no patient"
    assert "visit id" in reason_in_words("visit_of_another_patient", None, "")
    assert not reason_in_words("visit_of_another_patient", None, "").startswith(":")
