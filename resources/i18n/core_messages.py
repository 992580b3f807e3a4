"""What the core says to a user of the window, read from its sources: patterns of f-strings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# What only a user of the terminal can cause: options that the window never gives, evaluation.
TERMINAL_ONLY = (
    "cli/", "decoding/options.py", "evaluation/", "model/config.py", "runtime.py", "text/vocab.py",
    "training/averaging.py", "training/corpus.py", "training/distributed.py", "training/mix.py",
    "training/pretraining.py", "training/recipe/", "training/schedule.py", "training/tokens.py",
    "training/word_vectors.py", "translation/autotune.py",
)  # fmt: skip
ERRORS = (
    "AttuneError", "InputError", "BundleError", "OptionError", "StorageError", "TrainingError",
    "DivergenceError",
)  # fmt: skip
EVENTS = ("Message", "Warned")
MAKERS = ("unusable_output",)  # make an error of the words that they are given
# What errors of the system are called, and what helps; what a receipt tells.
# What systems are composed of: where each part of it stands that a person reads.
REGISTERED = {
    "Part": {"group": 1, "title": 2, "about": 4},
    "Choice": {"title": 1, "about": 2},
    "Preset": {"about": 1, "teaches": 2, "mends": 4, "measured": 5},
    "SampleTask": {"title": 1, "about": 2},
    "make_block": {"title": 2},
    "words_block": {"title": 1},
    "Arrow": {"label": 3},
}
TABLES = ("_FAULTS", "unknown", "ENDINGS", "SERIES")
SAYS = "say"  # what pages call with their captions and sentences
TEMPLATES = "resources/templates"
_SAID = re.compile(rf'\b{SAYS}\("([^"]+)"')
_FORMAT = re.compile(r"%[+.\d]*[fdg]")
_FIELD = re.compile(r"\{\w+\}")
LEAST_LITERAL = 4  # letters of a pattern beside its placeholders: a shorter one fits anything


def core_patterns(root: Path) -> dict[str, list[str]]:
    """Files by pattern: the parts of errors, the sentences of events; ``{names}`` are filled in."""
    core = root / "core"
    trees = {
        path.relative_to(core).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(core.rglob("*.py"))
    }
    reader = _Reader(trees.values())
    found: dict[str, list[str]] = {}
    shapes: dict[str, str] = {}  # patterns that differ in their names alone are one
    for name, tree in trees.items():
        if name.startswith(TERMINAL_ONLY):
            continue
        for expression, scope in _said(tree):
            for pattern in reader.patterns(expression, scope):
                shape = _FIELD.sub("{}", pattern)
                if sum(map(str.isalpha, shape)) < LEAST_LITERAL:
                    continue
                places = found.setdefault(shapes.setdefault(shape, pattern), [])
                if f"core/{name}" not in places:
                    places.append(f"core/{name}")
    for path in sorted((root / TEMPLATES).glob("*.jinja")):
        for text in _SAID.findall(path.read_text("utf-8")):
            places = found.setdefault(_FORMAT.sub("{number}", text), [])
            if f"{TEMPLATES}/{path.name}" not in places:
                places.append(f"{TEMPLATES}/{path.name}")
    return found


def _said(tree: ast.Module) -> Iterator[tuple[ast.expr, ast.AST]]:
    """What errors, events and tables of ``tree`` are made of, each with the function around it."""
    around: dict[ast.AST, ast.AST] = {}
    for outer in ast.walk(tree):  # inner functions come later and win
        if isinstance(outer, ast.FunctionDef):
            around.update(dict.fromkeys(ast.walk(outer), outer))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for part in _parts(node):
                yield part, around.get(node, tree)
        elif isinstance(node, ast.Assign) and _name(node.targets[0]) in TABLES:
            yield from ((entry, tree) for entry in _entries(node.value))


def _entries(node: ast.AST) -> Iterator[ast.expr]:
    """The strings in a table (of a dictionary its values), and the names that stand for some."""
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.Name):
        yield node
        return
    for child in node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node):
        yield from _entries(child)


def _parts(call: ast.Call) -> list[ast.expr]:
    name = _name(call.func)
    if name in REGISTERED:
        return [entry for part in _registered(call, name) for entry in _entries(part)]
    if name == SAYS:
        return call.args[:1]
    if name in EVENTS or name in MAKERS:
        return call.args[-1:]
    if name in ERRORS:
        named = [k.value for k in call.keywords if k.arg in ("what", "where", "remedy")]
        return [*call.args[:1], *named]
    return []


def _registered(call: ast.Call, name: str) -> Iterator[ast.expr]:
    """What a person reads of something that is registered."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    for field, place in REGISTERED[name].items():
        if place < len(call.args):
            yield call.args[place]
        elif field in named:
            yield named[field]


class _Reader:
    """What expressions can say, as far as the sources tell."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        self._constants: dict[str, ast.expr] = {}
        self._functions: dict[str, ast.FunctionDef] = {}
        self._modules: dict[ast.AST, ast.Module] = {}  # of functions
        for tree in trees:
            for node in tree.body:
                if isinstance(node, ast.Assign):
                    self._constants.setdefault(_name(node.targets[0]), node.value)
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    self._modules[node] = tree
                    self._functions.setdefault(node.name, node)

    def patterns(self, node: ast.expr, scope: ast.AST | None, depth: int = 0) -> list[str]:
        """What ``node`` can say within ``scope``: several where it chooses, none if unknown."""
        deeper = depth + 1
        if depth > 3:
            return []
        if isinstance(node, ast.Constant):
            return [node.value.replace("{", "{{").replace("}", "}}")] if _is_text(node) else []
        if isinstance(node, ast.JoinedStr):
            return [_pattern(node)]
        if isinstance(node, ast.IfExp):
            sides = (node.body, node.orelse)
            return [p for side in sides for p in self.patterns(side, scope, deeper)]
        if isinstance(node, ast.Name):
            module = self._modules.get(scope, scope) if scope else None
            known = [*_assigned(node.id, scope)] or [*_assigned(node.id, module)]
            values: list[ast.expr | None] = [*known] or [self._constants.get(node.id)]
            return [p for value in values if value for p in self.patterns(value, scope, deeper)]
        if isinstance(node, ast.Call) and _name(node.func) in self._functions:
            function = self._functions[_name(node.func)]
            returned = [
                n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value
            ]
            return [p for value in returned for p in self.patterns(value, function, deeper)]
        return []


def _is_text(node: ast.Constant) -> bool:
    return isinstance(node.value, str)


def _assigned(name: str, scope: ast.AST | None) -> Iterator[ast.expr]:
    """What is assigned to the variable ``name`` in a function, or at the top of a module."""
    if not isinstance(scope, ast.FunctionDef | ast.Module):
        return
    for node in ast.walk(scope) if isinstance(scope, ast.FunctionDef) else scope.body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if _name(target) == name and isinstance(target, ast.Name):
                yield node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from (value for element, value in pairs if _name(element) == name)


def _pattern(node: ast.JoinedStr) -> str:
    """An f-string with a name for all that is filled in."""
    pattern = ""
    names: set[str] = set()
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            name = _placeholder(value.value)
            while name in names:
                name += "_"
            names.add(name)
            pattern += f"{{{name}}}"
        elif isinstance(value, ast.Constant):
            pattern += str(value.value).replace("{", "{{").replace("}", "}}")
    return pattern


def _placeholder(node: ast.expr) -> str:
    """A name for what ``node`` fills in: the last identifier in it."""
    names = [_name(part) for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)]
    return next((name.strip("_").lower() for name in names if name.strip("_")), "value")


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
