"""Questions about a file, asked at a terminal, and answers given on the command line."""

import sys
from collections.abc import Sequence

import typer

from pipelines.cli.terminal import say
from pipelines.ingest.questions import Mapping, Question, blocking

KINDS = ("date_order", "pain_scale", "unticked")


def can_ask() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answered(answers: Sequence[str], mapping: Mapping) -> Mapping:
    """The mapping with each `KEY=VALUE` answered; raises typer.BadParameter for another form."""
    for text in answers:
        key, value = _key_and_value(text)
        mapping = mapping.with_answer(key, value)
    return mapping


def _key_and_value(text: str) -> tuple[str, str]:
    # A header may hold an equals sign: of a key it is the last one that parts.
    cut = str.rpartition if text.startswith("header:") else str.partition
    key, sign, value = cut(text, "=")
    if not sign or not value or not (key in KINDS or key.startswith(("column:", "header:"))):
        raise typer.BadParameter(
            "write KEY=VALUE, where KEY is date_order, pain_scale, unticked, column:NAME or"
            " header:HEADER, as the refusal of the file names it",
            param_hint="--answer",
        )
    return key, value


def ask(questions: Sequence[Question], mapping: Mapping) -> Mapping:
    """The mapping with the answers that a person chose by number."""
    for question in blocking(questions):
        say(question.text)
        for number, choice in enumerate(question.choices, start=1):
            likely = " (likeliest)" if choice.value == question.suggested else ""
            detail = f": {choice.detail}" if choice.detail else ""
            say(f"  {number}  {choice.label}{detail}{likely}")
        chosen = _number_up_to(len(question.choices))
        mapping = mapping.with_answer(question.key, question.choices[chosen - 1].value)
    return mapping


def _number_up_to(most: int) -> int:
    """The number that a person typed, asked again until it is one of the choices."""
    while True:
        number = typer.prompt("Number", type=int, err=True)
        if 1 <= number <= most:
            return number
        say(f"Type a number from 1 to {most}.")


def ask_for_a_name() -> str:
    """The name to save the answers under; empty for not at all."""
    return typer.prompt(
        "Save these answers for files with the same headers under a name (empty: do not)",
        default="",
        show_default=False,
        err=True,
    ).strip()
