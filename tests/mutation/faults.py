"""Every small fault that can be put into a source file: a boundary moved, a guard removed, a sign turned."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_COMPUTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.FloorDiv: "*", ast.Mod: "*", ast.BitAnd: "|"}
_SPARED = {"strict", "slots", "frozen", "kw_only", "ensure_ascii", "indent", "timespec", "encoding", "type_", "default"}
"""Keywords whose values say how something is written, not what it means."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A stretch of a file's source (offsets in characters), and what stands there instead."""

    path: Path
    line: int
    begin: int
    end: int
    was: str
    became: str

    def applied(self, source: str) -> str:
        """Return the source with the fault in it."""
        return source[: self.begin] + self.became + source[self.end :]

    def __str__(self) -> str:
        """Say where it is, and what it turns into what."""
        return f"{self.path}:{self.line}: `{self.was}` -> `{self.became}`"


class _Finder(ast.NodeVisitor):
    def __init__(self, path: Path, source: str) -> None:
        self.path, self.source = path, source
        self.found: list[Fault] = []
        self._begins = [0]
        for line in source.split("\n"):
            self._begins.append(self._begins[-1] + len(line) + 1)

    def at(self, line: int, column: int) -> int:
        text = self.source[self._begins[line - 1] : self._begins[line]]
        return self._begins[line - 1] + len(text.encode()[:column].decode())

    def span(self, node: ast.AST) -> tuple[int, int]:
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def add(self, begin: int, end: int, became: str) -> None:
        line = self.source.count("\n", 0, begin) + 1
        self.found.append(Fault(self.path, line, begin, end, self.source[begin:end], became))

    def between(self, left: ast.AST, right: ast.AST, became: str) -> None:
        """Replace the operator that stands between two operands."""
        begin, end = self.span(left)[1], self.span(right)[0]
        sign = self.source[begin:end]
        bare = sign.strip(" ()\n")
        if bare and "#" not in sign and "\n" not in bare:
            start = begin + sign.index(bare)
            self.add(start, start + len(bare), became)

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for left, sign, right in zip(operands, node.ops, operands[1:], strict=False):
            self.between(left, right, _COMPARED[type(sign)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between(left, right, "or" if isinstance(node.op, ast.And) else "and")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in _COMPUTED and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            self.between(node.left, node.right, _COMPUTED[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.Invert):
            self.add(*self.span(node), self.source[slice(*self.span(node.operand))])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.add(*self.span(node), str(not node.value))
        elif isinstance(node.value, int | float):
            self.add(*self.span(node), repr(node.value + 1))

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self.add(*self.span(node.test), "False")
            self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.add(*self.span(node.test), "False")
        self.add(*self.span(node.test), "True")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call):
            self.add(*self.span(node), "pass")
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not isinstance(node.value, ast.Constant):
            self.add(*self.span(node.value), "None")
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in _SPARED:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for each in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(each)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.body:
            self.visit(each)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave words to those who read them."""

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if not isinstance(node.slice, ast.Constant):
            self.visit(node.slice)
        else:
            self.visit_Constant(node.slice)


def faults_of(path: Path, top: Path) -> Iterator[Fault]:
    """Yield every fault that can be put into a file, in the order of its lines; each still is Python."""
    source = (top / path).read_text(encoding="utf-8")
    finder = _Finder(path, source)
    finder.visit(ast.parse(source))
    for fault in sorted(set(finder.found)):
        try:
            ast.parse(fault.applied(source))
        except SyntaxError:
            continue
        yield fault
