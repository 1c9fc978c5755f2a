"""Names of a package that are looked up when they are first asked for, so that importing one module does not import all.

The package's `__init__.py` says which module gives which names; an `__init__.pyi` beside it imports them, for type checkers and
editors (`tests/source/test_lazy_names.py` holds the two together).
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy_names(package: str, modules: dict[str, tuple[str, ...]]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package.

    Parameters
    ----------
    package : str
        Its name.
    modules : dict of str to tuple of str
        Which names each of its modules gives. The modules themselves are found too, as if they were imported.
    """
    found = {name: f"{package}.{module}" for module, names in modules.items() for name in names}

    def get(name: str) -> Any:
        if name in found:
            return getattr(import_module(found[name]), name)
        if name in modules:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    def names() -> list[str]:
        return sorted(found)

    return get, names
