"""Finds calls of transposed convolutions with CPython's `ast`, by the import rules of the analyser.

A callee counts when it traces to a known library: through imports in all their forms, `from x import *` of a
known library, and plain assignments `Conv = nn.ConvTranspose2d`. Where the bindings of a name disagree (`try` to
import one library, else another) it counts only if all of them are the same layer.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

import known_calls

Range = tuple[int | None, int, int, int, int]


@dataclass(frozen=True)
class Call:
    """Cell, line, column, end line, end column: 1-based, columns in UTF-16 units; the cell 0-based or None."""

    name: str
    range: Range
    positional: list[Any]
    keywords: dict[str, Any]
    text: str


@dataclass
class Scope:
    """Names bound in a module, class or function, with every expression or import bound to them."""

    kind: str
    parent: "Scope | None"
    bindings: dict[str, list[Any]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)

    def bind(self, name: str, value: Any) -> None:
        self.bindings.setdefault(name, []).append(value)


# Bound, but to nothing that is followed.
OPAQUE = object()


@dataclass(frozen=True)
class Imported:
    name: str


def calls_of(path: Path) -> list[Call] | None:
    """The calls in a file; None where CPython cannot parse it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_bytes().decode("latin-1")
    if not known_calls.MENTION.search(text):
        return []
    if path.suffix == ".py":
        parsed = parse(text)
        return None if parsed is None else sorted(calls_in([(None, parsed, text)]), key=lambda call: call.range[1:])
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        return None
    sources = [(index, python_of("".join(cell.get("source", "")))) for index, cell in enumerate(cells) if cell.get("cell_type") == "code"]
    parsed_cells = [(index, tree, source) for index, source in sources if source is not None and (tree := parse(source)) is not None]
    return list(calls_in(parsed_cells))


def parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def python_of(cell: str) -> str | None:
    """The cell with magics and shell lines made comments of the same place; None for a cell of another language."""
    if re.match(r"\s*%%(?!time|timeit|capture|prun)", cell):
        return None
    # A magic may be the only statement of a block: `pass` keeps the block.
    return re.sub(r"^([ \t]*)(?:%|!|\?).*$|^([ \t]*)[\w.]+\?{1,2}[ \t]*$", lambda found: f"{found[1] or found[2] or ''}pass", cell, flags=re.M)


def calls_in(parts: list[tuple[int | None, ast.Module, str]]) -> Iterator[Call]:
    module = Scope("module", None)
    scopes: dict[ast.AST, Scope] = {}
    for _, tree, _ in parts:
        collect(tree.body, module, scopes)
    for cell, tree, text in parts:
        lines = re.split(r"\r\n|\r|\n", text)
        for call, scope in walk(tree, module, scopes):
            name = agreed(resolve(call.func, scope))
            if name is not None:
                yield describe(name, call, cell, lines)


def agreed(names: set[str | None]) -> str | None:
    """The one transposed convolution that all names mean: `keras.layers.X` and `tensorflow.keras.layers.X` are one."""
    known = sorted(name for name in names if name is not None and known_calls.parameters_of(name) is not None)
    alike = len({name.rpartition(".")[2] for name in known}) == 1
    return known[0] if alike and len(known) == len(names) else None


def collect(body: list[ast.stmt], scope: Scope, scopes: dict[ast.AST, Scope]) -> None:
    """Every binding in a block, however deep in its ifs and loops; functions and classes get scopes of their own."""
    followed = plain_targets(body)
    for node in nodes_of_scope(body):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    scope.bind(alias.asname, Imported(alias.name))
                else:
                    scope.bind(alias.name.split(".")[0], Imported(alias.name.split(".")[0]))
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            for alias in node.names:
                if alias.name == "*":
                    if node.level == 0:
                        scope.stars.append(module)
                else:
                    scope.bind(alias.asname or alias.name, OPAQUE if node.level else Imported(f"{module}.{alias.name}"))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            scope.bind(node.targets[0].id, node.value)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            scope.bind(node.name, OPAQUE)
            inner = Scope("class" if isinstance(node, ast.ClassDef) else "function", scope)
            scopes[node] = inner
            if not isinstance(node, ast.ClassDef):
                bind_parameters(node.args, inner)
            collect(node.body, inner, scopes)
        elif isinstance(node, ast.Lambda):
            inner = scopes[node] = Scope("function", scope)
            bind_parameters(node.args, inner)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)) and node not in followed:
            scope.bind(node.id, OPAQUE)


def plain_targets(body: list[ast.stmt]) -> set[ast.AST]:
    return {node.targets[0] for node in nodes_of_scope(body)
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)}


def bind_parameters(parameters: ast.arguments, scope: Scope) -> None:
    for parameter in [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs, parameters.vararg, parameters.kwarg]:
        if parameter is not None:
            scope.bind(parameter.arg, OPAQUE)


def nodes_of_scope(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """All nodes but those inside nested functions, classes and lambdas; these themselves are included."""
    pending: list[ast.AST] = list(reversed(body))
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            outside = [*node.decorator_list, *(node.bases if isinstance(node, ast.ClassDef) else [*node.args.defaults, *filter(None, node.args.kw_defaults)])]
            pending.extend(reversed(outside))
        elif isinstance(node, ast.Lambda):
            pending.extend(node.args.defaults)
        else:
            pending.extend(reversed(list(ast.iter_child_nodes(node))))


def walk(tree: ast.AST, scope: Scope, scopes: dict[ast.AST, Scope]) -> Iterator[tuple[ast.Call, Scope]]:
    pending: list[tuple[ast.AST, Scope]] = [(tree, scope)]
    while pending:
        node, here = pending.pop()
        if isinstance(node, ast.Call):
            yield node, here
        inner = scopes.get(node, here)
        children = list(ast.iter_child_nodes(node))
        body = set(map(id, node.body)) if inner is not here and isinstance(node.body, list) else {id(getattr(node, "body", None))}
        for child in reversed(children):
            pending.append((child, inner if inner is not here and id(child) in body else here))


def resolve(expression: ast.AST, scope: Scope, depth: int = 0) -> set[str | None]:
    """The qualified names an expression may stand for; None for what is not followed."""
    if depth > 20:
        return {None}
    if isinstance(expression, ast.Attribute):
        return {None if name is None else f"{name}.{expression.attr}" for name in resolve(expression.value, scope, depth + 1)}
    if not isinstance(expression, ast.Name):
        return {None}
    here: Scope | None = scope
    while here is not None:
        if expression.id in here.bindings and (here is scope or here.kind != "class"):
            return {name for value in here.bindings[expression.id] for name in resolve_binding(value, here, depth)}
        here = here.parent
    return star_names(expression.id, scope)


def resolve_binding(value: Any, scope: Scope, depth: int) -> set[str | None]:
    if isinstance(value, Imported):
        return {value.name}
    return {None} if value is OPAQUE else resolve(value, scope, depth + 1)


def star_names(name: str, scope: Scope) -> set[str | None]:
    here: Scope | None = scope
    while here is not None:
        for module in here.stars:
            if module in known_calls.STAR_MODULES and (
                    known_calls.parameters_of(f"{module}.{name}") is not None or name in known_calls.STAR_SUBMODULES):
                return {f"{module}.{name}"}
        here = here.parent
    return {None}


def describe(name: str, call: ast.Call, cell: int | None, lines: list[str]) -> Call:
    start = call.lineno, utf16_column(lines[call.lineno - 1], call.col_offset)
    end = call.end_lineno or 0, utf16_column(lines[(call.end_lineno or 1) - 1], call.end_col_offset or 0)
    positional: list[Any] = []
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            break
        positional.append(literal(argument))
    keywords = {keyword.arg: literal(keyword.value) for keyword in call.keywords if keyword.arg is not None}
    return Call(name, (cell, *start, *end), positional, keywords, ast.unparse(call)[:160])


def literal(expression: ast.AST) -> Any:
    try:
        value = ast.literal_eval(expression)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return known_calls.NotLiteral
    return value if isinstance(value, (int, float, str, tuple, list, type(None))) else known_calls.NotLiteral


def utf16_column(line: str, byte_offset: int) -> int:
    """1-based."""
    before = line.encode("utf-8")[:byte_offset].decode("utf-8", errors="replace")
    return len(before.encode("utf-16-le")) // 2 + 1
