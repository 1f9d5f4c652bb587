"""Writes the page of measures from the specification tests in tests/spec.

A test's name is the sentence, its docstring the explanation, its table the
example, its assertions the answer. Nothing is run: the page says what the
tests say, and the suite says that they hold.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from tests.support.coverage_docs import coverage
from tests.support.hygiene import PROJECT
from tests.support.spec_answers import answers

SPEC = PROJECT / "tests" / "spec"
PAGE = PROJECT / "docs" / "measures.md"
ORDER = ("words", "filters", "pain", "sessions_to_improvement", "side_effects", "condition_mix")
"""Files in the order of reading; any other follows by name."""

NAMES = {
    "kaplan meier": "Kaplan-Meier",
    "clopper pearson": "Clopper-Pearson",
    "wilson": "Wilson",
    "greenwood": "Greenwood",
    "rao": "Rao",
    "scott": "Scott",
    "newcombe": "Newcombe",
    "brady": "Brady",
    "nhs": "NHS",
    "immpact": "IMMPACT",
    "icd": "ICD",
    "json": "JSON",
    "follow ups": "follow-ups",
    "follow up": "follow-up",
}
OPENING = """# Measures

Every definition with an example. This page is made from the specification tests
(`make docs`), and a test fails where the two differ. Values that a clinic may change
are the defaults of `data/settings.toml`; each page of the dashboard prints the ones in use.

In the examples a row is a visit, pain is on the scale from 0 to 10, and an empty cell
was left blank in the export. In an answer, several values stand in the order of visits,
of episodes or of groups, and `None` is a figure that is missing because nothing can be
said. [The glossary](../GLOSSARY.md) has the words.
"""


def measures_page() -> str:
    """The whole page as Markdown."""
    files = sorted(SPEC.glob("test_*.py"), key=_place)
    sections = [section(file.read_text(encoding="utf-8")) for file in files]
    return "\n".join([OPENING, *sections, coverage()])


def section(source: str) -> str:
    """One file of specification tests as a section of Markdown."""
    module = ast.parse(source)
    heading, _, rest = (ast.get_docstring(module) or "").partition("\n")
    tests = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    parts = [f"## {heading.rstrip('.')}", rest.strip(), *(example(test) for test in tests)]
    return "\n\n".join(part for part in parts if part) + "\n"


def example(test: ast.FunctionDef) -> str:
    """One test as a heading, its explanation, its tables and what is asserted."""
    body = test.body[1:] if ast.get_docstring(test) else test.body
    tables = [table for statement in body if (table := _table(statement))]
    steps = [
        statement
        for statement in body
        if not _table(statement) and not isinstance(statement, ast.ImportFrom)
    ]
    parts = [
        f"### {sentence(test.name)}",
        ast.get_docstring(test),
        *_cases(test),
        *(_captioned(table, len(tables) > 1) for table in tables),
        answers(steps),
    ]
    return "\n\n".join(part for part in parts if part)


def sentence(name: str) -> str:
    """A test's name as the sentence that it stands for."""
    words = name.removeprefix("test_").replace("_", " ")
    words = re.sub(r"\b(\d+) percent\b", r"\1%", words)
    for plain, proper in NAMES.items():
        words = re.sub(rf"\b{plain}\b", proper, words)
    return words[0].upper() + words[1:]


def _place(file: Path) -> tuple[int, str]:
    name = file.stem.removeprefix("test_")
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


@dataclass(frozen=True)
class Table:
    """A table that a test writes out: its variable, its text, and what goes with it."""

    name: str
    text: str
    options: str


def _table(statement: ast.stmt) -> Table | None:
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return None
    call = statement.value
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    drawn = [text for text in texts if isinstance(text, str) and "\n" in text]
    options = ", ".join(
        f"{option.arg} {ast.unparse(option.value)}".replace("_", " ").replace("'", "")
        for option in call.keywords
    )
    return Table(ast.unparse(statement.targets[0]), drawn[0], options) if drawn else None


def _captioned(table: Table, several: bool) -> str:
    said = f"Seen {table.options}." if table.options else ""
    parts = [f"`{table.name}`:" if several else "", _markdown(table.text), said]
    return "\n\n".join(part for part in parts if part)


def _markdown(text: str) -> str:
    rows = [
        [cell.strip() for cell in line.strip().split("|")]
        for line in text.strip().splitlines()
        if line.strip()
    ]
    return _grid(rows[0], rows[1:])


def _grid(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cases(test: ast.FunctionDef) -> list[str]:
    """The table of each parametrize decorator."""
    calls = [node for node in test.decorator_list if isinstance(node, ast.Call)]
    return [_case_table(call) for call in calls if ast.unparse(call.func).endswith("parametrize")]


def _case_table(call: ast.Call) -> str:
    names = ast.literal_eval(call.args[0])
    header = re.split(r"\s*,\s*", names) if isinstance(names, str) else list(names)
    rows = [
        [ast.unparse(cell) for cell in _cells(row)] for row in getattr(call.args[1], "elts", [])
    ]
    return _grid(header, rows)


def _cells(row: ast.expr) -> list[ast.expr]:
    if isinstance(row, ast.Call):
        return row.args
    return row.elts if isinstance(row, ast.Tuple) else [row]
