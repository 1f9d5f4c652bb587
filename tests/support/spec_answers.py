"""What a specification test asserts, in words: "`n` is `[2]`"."""

import ast

COMPARED = {
    ast.Eq: "is",
    ast.Is: "is",
    ast.NotEq: "is not",
    ast.IsNot: "is not",
    ast.Lt: "is below",
    ast.LtE: "is at most",
    ast.Gt: "is above",
    ast.GtE: "is at least",
    ast.In: "is among",
    ast.NotIn: "is not among",
}


def answers(steps: list[ast.stmt]) -> str:
    """The steps of a test as a list of answers; as code where they are more than that."""
    given = [step for step in steps if isinstance(step, ast.Assign)]
    asserted = [step for step in steps if isinstance(step, ast.Assert)]
    if len(given) + len(asserted) < len(steps):
        return "```python\n" + "\n".join(ast.unparse(step) for step in steps) + "\n```"
    lines = [f"- {_assertion(step.test, _only(given))}" for step in asserted]
    return "\n\n".join([*_where(given), "\n".join(lines)])


def _only(given: list[ast.Assign]) -> str | None:
    """The variable that needs no name, since there is no other."""
    return ast.unparse(given[0].targets[0]) if len(given) == 1 else None


def _where(given: list[ast.Assign]) -> list[str]:
    if len(given) == 1:
        return [f"`{_short(given[0].value)}` gives:"]
    return [f"`{ast.unparse(one.targets[0])}` is `{_short(one.value)}`." for one in given]


def _assertion(test: ast.expr, only: str | None) -> str:
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in COMPARED:
        words = COMPARED[type(test.ops[0])]
        return f"{_subject(test.left, only)} {words} {_answer(test.comparators[0])}"
    return f"`{ast.unparse(test)}`"


def _subject(value: ast.expr, only: str | None) -> str:
    """A column or field by its name, and where it stands, if that is not clear."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "values":
        frame, column = value.args
        return f"`{ast.literal_eval(column)}`{_of(_short(frame), only)}"
    fields, inner = [], value
    while isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Constant):
        fields.insert(0, str(inner.slice.value))
        inner = inner.value
    if fields:
        return f"`{' '.join(fields)}`{_of(_short(inner), only)}"
    return f"`{_short(value)}`"


def _of(frame: str, only: str | None) -> str:
    if frame == only:
        return ""
    kind = frame.rpartition(".")[2]
    return f" of the {kind}" if kind in ("visits", "episodes") else f" of `{frame}`"


def _answer(value: ast.expr) -> str:
    plain = _WithoutTolerance()
    text = ast.unparse(plain.visit(value))
    return f"about `{text}`" if plain.found else f"`{text}`"


def _short(value: ast.expr) -> str:
    """Without what every example has: its clinic, and the settings as they come."""
    return ast.unparse(_WithoutTheUsual().visit(value))


class _WithoutTheUsual(ast.NodeTransformer):
    USUAL = ("care", "Settings()")

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if ast.unparse(node) in self.USUAL:
            return node
        self.generic_visit(node)
        kept = [one for one in node.args if ast.unparse(one) not in self.USUAL]
        if node.args and not kept and not node.keywords:
            return node.func
        node.args = kept
        return node


class _WithoutTolerance(ast.NodeTransformer):
    """Puts the value that is meant in place of `pytest.approx(value)`."""

    found = False

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if not ast.unparse(node.func).endswith("approx"):
            return self.generic_visit(node)
        self.found = True
        return node.args[0]
