"""Loads the definitions of a Python file without running the program that it may be.

Imports, classes, functions and assignments at the top level run, each for itself: what fails is left out. A library
that is not installed is replaced by one whose names are empty classes, so that code that only mentions it still loads.
"""
import ast
import importlib
import importlib.abc
import importlib.machinery
import os
import sys
import types


class _Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands in for libraries that are not there, in code under `root` alone: libraries look for optional parts on purpose."""

    def __init__(self, root):
        self.root = root + os.sep

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.builtin_module_names or name.startswith(("torch", "keras", "tensorflow", "_")):
            return None
        caller = sys._getframe(1)
        while caller is not None and "importlib" in caller.f_code.co_filename:
            caller = caller.f_back
        if caller is None or not (caller.f_globals.get("__file__") or "").startswith(self.root):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []

        def absent(name):
            if name.startswith("__"):
                raise AttributeError(name)
            return type(name, (), {"__init__": lambda self, *a, **k: None})
        module.__getattr__ = absent
        return module

    def exec_module(self, module):
        pass


DEFINITIONS = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign, ast.Try)


def load(root, file):
    """The namespace of `file` (relative to `root`): a module of an installed package, or loose definitions."""
    path = os.path.join(root, file)
    if root in sys.path:
        try:
            return importlib.import_module(dotted(file)).__dict__
        except ModuleNotFoundError:
            supply(os.path.join(root, file.split(os.sep)[0]))
            return importlib.import_module(dotted(file)).__dict__
    supply(root)
    # Modules of the repository before must not be taken for this one's.
    for other, known in list(sys.modules.items()):
        if (getattr(known, "__file__", None) or "").startswith(root + os.sep):
            del sys.modules[other]
    before, arguments = list(sys.path), sys.argv
    # A repository's root may be any folder above the file.
    sys.path[:0] = folders(path, root)
    sys.argv = [path]
    try:
        return imported(path) or definitions(path)
    finally:
        sys.path[:] = before
        sys.argv = arguments


def supply(root):
    if not any(isinstance(finder, _Absent) and finder.root == root + os.sep for finder in sys.meta_path):
        sys.meta_path.append(_Absent(root))


def imported(path):
    """The file as a module of the package that it stands in, where there is one and it can be imported."""
    top = os.path.dirname(path)
    if not os.path.exists(os.path.join(top, "__init__.py")):
        return None
    while os.path.exists(os.path.join(top, "__init__.py")):
        top = os.path.dirname(top)
    try:
        return importlib.import_module(dotted(os.path.relpath(path, top))).__dict__
    except (Exception, SystemExit):
        return None


def definitions(path):
    """What the top level of the file defines, each statement run for itself."""
    with open(path, encoding="utf-8-sig") as stream:
        tree = ast.parse(stream.read(), path)
    name = os.path.splitext(os.path.basename(path))[0]
    module = types.ModuleType(name)
    namespace = module.__dict__
    namespace["__file__"] = path
    sys.modules.setdefault(name, module)
    for statement in tree.body:
        if not isinstance(statement, DEFINITIONS):
            continue
        try:
            exec(compile(ast.Module([statement], []), path, "exec"), namespace)
        except (Exception, SystemExit):
            continue
    return namespace


def dotted(file):
    return os.path.splitext(file)[0].replace(os.sep, ".").removesuffix(".__init__")


def folders(path, root):
    """The folder of `path` and those above it, up to `root`."""
    while path.startswith(root) and path != root:
        path = os.path.dirname(path)
        yield path
