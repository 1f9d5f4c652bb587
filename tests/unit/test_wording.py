"""The wording checker: 40 labelled texts, single sentences, files of each kind, the command."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.claims.wording import check_text
from pipelines.claims.wording.numbers import numbers_in, values_of
from pipelines.claims.wording.rules import load_rules
from pipelines.claims.wording.sentences import split
from pipelines.claims.wording.texts import Paragraph, paragraphs_of
from pipelines.cli import app
from pipelines.errors import OutcomesError
from pipelines.evidence import load_evidence
from pipelines.places import EVIDENCE
from tests.support import marketing

TEXTS = marketing.texts()
SINGLE = marketing.single("sentences")


def marks(text: str) -> list[str]:
    found = check_text([Paragraph(1, text)], marketing.held())
    return [mark.kind for one in found for mark in one.marks]


def test_there_are_forty_texts_and_half_of_them_are_overstated():
    assert (len(TEXTS), sum(text.honest for text in TEXTS)) == (40, 20)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name.replace(" ", "_"))
def test_a_labelled_text_is_told_as_it_is(text, tmp_path):
    found = marketing.checked(text, tmp_path)
    assert marketing.missed(text, found) == []
    assert [one.text for one in marketing.marked_wrongly(text, found)] == []


def test_overstated_sentences_are_marked_and_honest_ones_are_not():
    assert [one for one in SINGLE["overstated"] if not marketing.is_marked(one)] == []
    assert [one for one in SINGLE["honest"] if marketing.is_marked(one)] == []


def test_sentences_that_it_was_not_mended_by_are_told_nearly_as_well():
    fresh = marketing.single("fresh")
    caught = sum(map(marketing.is_marked, fresh["overstated"]))
    assert caught / len(fresh["overstated"]) >= 0.7
    assert sum(map(marketing.is_marked, fresh["honest"])) == 0


@pytest.mark.parametrize("held", marketing.held(), ids=lambda held: held.name)
def test_no_template_breaks_the_rules_of_wording(held):
    """Neither the templates nor what is made from them; each cites its own claim."""
    for sentence in held.sentences:
        if sentence.text:
            found = check_text([Paragraph(1, sentence.text)], marketing.held())
            assert [one.text for one in found if not one.fine] == []
            assert {one.cites for one in found} & {held.number}


def test_no_forbidden_word_stands_in_any_template():
    """Templates are held against the rules themselves, not only let pass as carried."""
    evidence = load_evidence()
    forbidden = [rule for rule in load_rules() if rule.wording.kind == "forbidden word"]
    for number in evidence.claims:
        for otherwise in (False, True):
            text = evidence.sentence(number, otherwise)
            for rule in forbidden:
                found = [match[0] for form in rule.found for match in form.finditer(text)]
                harmless = any(form.search(text) for form in rule.harmless)
                assert not found or harmless, (number, found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We cure pain.", "forbidden word"),
        ("Needling relieves pain.", "cause claimed"),
        ("Needling is better than massage.", "comparison"),
        ("After two visits the pain is better.", "promise of sessions"),
        ("“I am well again,” says Anna.", "testimonial"),
        ("81% had less pain.", "number without a figure"),
        ("75% ended with at least 1 point less.", "figure without all its parts"),
        ("Side effects are rare.", "claim without a figure"),
        ("Low and high stimulation frequencies work differently.", "claim not borne out"),
    ],
)  # fmt: skip
def test_each_kind_of_mark(text, kind):
    assert kind in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no guarantee.",
        "We cannot cure pain.",
        "It isn't proven.",
        "Does it cure pain?",
        "We do not claim that needling relieves pain.",
    ],
)
def test_a_denial_or_a_question_is_fine(text):
    assert marks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We not only cure pain.",
        "No doubt it cures pain.",
        "We do not use drugs, but we cure pain.",
        "Why not cure your pain today?",
        "No other treatment heals like it.",
    ],
)
def test_a_denial_of_something_else_does_not_make_it_fine(text):
    assert "forbidden word" in marks(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("62 % had less pain", ["percent"]),
        ("62,4 percent", ["percent"]),
        ("sixty-two per cent", ["percent"]),
        ("54-70% of patients", ["percent"]),
        ("6 out of 10 patients", ["ratio"]),
        ("two thirds of our patients", ["fraction"]),
        ("5,000 happy patients", ["count"]),
        ("better in three sessions", ["count"]),
        ("twice the relief", ["times"]),
        ("10% off the price", []),
        ("half an hour", []),
        ("since 2009, 555-0100, $80, 45 minutes", []),
        ("a 95% confidence interval", []),
        ("about 20 patients a day", []),
    ],
)
def test_numbers_that_need_a_figure(text, kinds):
    assert [number.kind for number in numbers_in(text)] == kinds


def test_a_comma_may_be_a_point():
    assert values_of("1,063") == {1063, 1.063}
    assert values_of("62,4") == {624, 62.4}
    assert values_of("sixty-two") == {62}
    assert values_of("a hundred") == {100}


def test_sentences_end_where_they_end():
    text = "It is e.g. 3.5 mm. Dr. Berg says so! “Really?” Yes"
    assert split(text) == ["It is e.g. 3.5 mm.", "Dr. Berg says so!", "“Really?”", "Yes"]


def test_a_page_is_read_as_its_readers_see_it(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<html><script>cure</script>\n<p>One &amp; <b>tw</b>o</p>\n<img alt='A long text'><p>Three"
    )
    assert [(one.line, one.text) for one in paragraphs_of(page)] == [
        (2, "One & two"),
        (3, "A long text"),
        (3, "Three"),
    ]


def test_markdown_is_read_without_its_marks_and_with_its_lines(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A **title**\nText\ngoes [on](http://x)\n\n- item\n")
    found = [(one.line, one.text) for one in paragraphs_of(page)]
    assert found == [(1, "A title"), (2, "Text goes on"), (5, "item")]


def test_a_word_file_is_read_and_another_is_refused(tmp_path):
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in ("We ", "cure."))
    body = f"<w:document {names}><w:body><w:p>{said}</w:p></w:body></w:document>"
    good, bad = tmp_path / "a.docx", tmp_path / "b.docx"
    with zipfile.ZipFile(good, "w") as packed:
        packed.writestr("word/document.xml", body)
    with zipfile.ZipFile(bad, "w") as packed:
        packed.writestr("word/document.xml", f"<!DOCTYPE a [<!ENTITY b 'c'>]>{body}")
    assert [one.text for one in paragraphs_of(good)] == ["We cure."]
    with pytest.raises(OutcomesError, match="no plain Word file"):
        paragraphs_of(bad)
    with pytest.raises(OutcomesError, match="Save the text as one of these"):
        paragraphs_of(tmp_path / "a.pdf")


def test_a_mistyped_rule_is_told_with_its_line(tmp_path):
    path = tmp_path / "wording.toml"
    text = (EVIDENCE / "wording.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('kind = "testimonial"', 'kind = "story"', 1), encoding="utf-8")
    with pytest.raises(OutcomesError, match=r"wording.toml, line \d+: kind 'story' is not known"):
        load_rules(path)
    path.write_text("[[wording]]\nname='a'\nkind='cause claimed'\nwhy='b'\nforms=['(']\n")
    with pytest.raises(OutcomesError, match="regular expressions"):
        load_rules(path)


def test_the_command_ends_with_1_where_anything_is_marked(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path / "store"))
    text = tmp_path / "text.txt"
    text.write_text("We cure pain.\n\nCall us.\n")
    run = CliRunner().invoke(app, ["wording", str(text), "--json"])
    found = json.loads(run.stdout)
    assert (run.exit_code, found["marked"], len(found["sentences"])) == (1, 1, 2)
    text.write_text("Call us.\n")
    assert CliRunner().invoke(app, ["wording", str(text)]).exit_code == 0


def test_every_rule_says_why_and_is_of_a_use():
    for rule in load_rules():
        assert rule.wording.why
        assert rule.found
        assert not any(re.search(form.pattern, "") for form in rule.found)
