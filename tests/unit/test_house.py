"""The house itself: pins that match what is asked for, and files without what must not be there."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.support import browser, hygiene
from tests.support.hygiene import PROJECT

RUNNING = ("requirements.txt", ["build"])
TESTING = ("requirements-test.txt", ["build", "test"])
STUDYING = ("requirements-studies.txt", ["build", "test", "compare"])
FILES = pytest.mark.parametrize(
    ("file", "extras"), [RUNNING, TESTING, STUDYING], ids=lambda given: str(given)
)


def project() -> dict:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def entries(file: str) -> list[str]:
    """One text per pinned package, its continuation lines joined."""
    text = (PROJECT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(file: str) -> dict[str, set[Version]]:
    """The versions of each package: more than one where they differ by Python or system."""
    pinned: dict[str, set[Version]] = {}
    for entry in entries(file):
        one = Requirement(entry.split(" --hash")[0])
        pinned.setdefault(canonical(one.name), set()).add(Version(str(one.specifier).lstrip("=")))
    return pinned


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(extras: list[str]) -> list[Requirement]:
    given = project()
    lists = [given["dependencies"], *(given["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(text) for listed in lists for text in listed]


@FILES
def test_each_dependency_is_pinned_inside_its_range(file, extras):
    pinned = pins(file)
    outside = [
        str(wanted)
        for wanted in asked_for(extras)
        if not pinned.get(canonical(wanted.name))
        or any(version not in wanted.specifier for version in pinned[canonical(wanted.name)])
    ]
    assert outside == []


@FILES
def test_each_pin_is_one_version_with_a_hash(file, extras):
    pattern = r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+"
    assert [entry for entry in entries(file) if not re.fullmatch(pattern, entry)] == []


@pytest.mark.parametrize(("fewer", "more"), [(RUNNING, TESTING), (TESTING, STUDYING)])
def test_tests_and_studies_run_on_the_versions_that_the_program_runs_on(fewer, more):
    running, testing = pins(fewer[0]), pins(more[0])
    assert {name: testing.get(name) for name in running} == running


def test_what_only_tests_need_is_not_installed_to_run():
    names = {canonical(wanted.name) for wanted in asked_for(["test", "compare"])}
    needed = {canonical(wanted.name) for wanted in asked_for([])}
    assert (names - needed) & set(pins(RUNNING[0])) == set()


def test_each_planted_bug_still_has_its_place():
    planted = tomllib.loads((PROJECT / "tests/support/planted.toml").read_text("utf-8"))["planted"]
    lost = [one["bug"] for one in planted if one["old"] not in (PROJECT / one["file"]).read_text()]
    assert len(planted) > 30
    assert lost == []


def test_tracked_files_hold_nothing_that_they_must_not():
    assert hygiene.main() == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "from https://py" + "pi.org/simple"),
        ("docs/a.md", "see /wo" + "rk/main/app.py"),
        ("docs/a.md", "see /ho" + "me/ada/clinic"),
        ("pipelines/a.py", "x = 1  # TO" + "DO later"),
        ("pipelines/a.py", "    raise Not" + "ImplementedError"),
        ("pipelines/a.py", "exc" + "ept Exception:"),
        ("pipelines/a.py", "exc" + "ept:"),
        ("pipelines/a.py", "x = y  # type: ig" + "nore[misc]"),
        ("pipelines/a.py", "import x  # no" + "qa: F401"),
        ("tests/unit/a.py", "@pytest.mark.sk" + "ip"),
        ("dashboard/a.py", "x = 1\n" * (hygiene.LONGEST_MODULE + 1)),
    ],
)
def test_what_must_not_be_in_a_file_is_found(name, text):
    assert len(hygiene.faults(name, text)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pipelines/a.py", "import x  # no" + "qa: F401 - the name is part of the public face"),
        ("pipelines/a.py", "except (OSError, ValueError):"),
        ("docs/a.md", "the page at /overview, a network/share, TO" + "DO is fine in a text"),
        ("tests/unit/a.py", "x = 1\n" * (hygiene.LONGEST_MODULE + 1)),
    ],
)
def test_what_is_right_in_a_file_is_let_pass(name, text):
    assert hygiene.faults(name, text) == []


def test_every_target_of_make_that_a_page_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.M))
    pages = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    named = {
        word for page in pages for word in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))
    }
    assert named <= targets


def test_unattended_runs_do_exactly_what_a_newcomer_does():
    lines = (PROJECT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]


@pytest.fixture
def no_browser(monkeypatch):
    """A machine on which no browser can be found, installed or downloaded."""
    monkeypatch.setattr(browser, "get_browser", lambda: None)


@pytest.mark.parametrize(("unattended", "status"), [("true", 1), ("", 0)])
def test_a_missing_browser_is_said_and_fails_where_nobody_watches(
    no_browser, monkeypatch, capsys, unattended, status
):
    monkeypatch.setenv("CI", unattended)
    assert browser.main() == status
    assert "browser tests are skipped" in capsys.readouterr().out


def test_a_command_that_opens_no_page_is_no_browser(tmp_path, monkeypatch):
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho 'install the real one'\n", encoding="utf-8")
    stub.chmod(0o755)
    monkeypatch.setenv(browser.NAMED, str(stub))
    browser.find_browser.cache_clear()
    assert browser.find_browser() is None
    browser.find_browser.cache_clear()
