"""Packages whose names are looked up when they are asked for: what runs and what type checkers read say the same."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import nautilus_lite

ROOT = Path(nautilus_lite.__file__).parent
STUBS = sorted(ROOT.rglob("__init__.pyi"))


def name_of(stub: Path) -> str:
    return ".".join(stub.parent.relative_to(ROOT.parent).parts)


@pytest.mark.parametrize("stub", STUBS, ids=name_of)
def test_a_stub_imports_what_the_package_gives(stub):
    name = name_of(stub)
    package = import_module(name)
    imports = [node for node in ast.parse(stub.read_text()).body if isinstance(node, ast.ImportFrom)]
    given = {alias.name: node.module for node in imports for alias in node.names}
    names = {found for found, module in given.items() if module != name}
    modules = given.keys() - names
    assert sorted(names) == package.__all__ == dir(package)
    assert all(getattr(package, found) is getattr(import_module(given[found]), found) for found in names)
    assert all(getattr(package, module) is import_module(f"{name}.{module}") for module in modules)


@pytest.mark.parametrize("stub", STUBS, ids=name_of)
def test_no_name_is_hidden_by_a_module(stub):
    modules = {path.name.partition(".")[0] for path in stub.parent.iterdir() if path.name != "__init__.pyi"}
    assert modules.isdisjoint(import_module(name_of(stub)).__all__)


def test_what_is_not_there_is_named():
    with pytest.raises(AttributeError, match="module 'nautilus_lite.analysis' has no attribute 'no_such_name'"):
        import_module("nautilus_lite.analysis").no_such_name  # noqa: B018


def test_a_star_brings_every_name():
    script = "from nautilus_lite.analysis import *; print(len([name for name in dir() if not name.startswith('__')]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(import_module("nautilus_lite.analysis").__all__)
