"""Imports point down: a module imports its own floor or below."""

import re
from pathlib import Path

import nautilus_lite

ROOT = Path(nautilus_lite.__file__).parent
# Longest prefix decides
FLOORS = {
    "errors": 0,
    "core": 0,
    "core.data": 1,
    "core.message": 3,
    "model": 1,
    "common": 3,
    "indicators": 2,
    "cache": 4,
    "accounting": 4,
    "persistence": 4,
    "serialization": 4,
    "portfolio": 5,
    "execution": 5,
    "execution.holding": 6,
    "execution.linking": 6,
    "execution.spawning": 6,
    "execution.emulator": 6,
    "execution.watching": 6,
    "execution.algorithm": 6,
    "risk": 6,
    "data": 5,
    "data.messages": 3,
    "data.topics": 3,
    "common.actor": 6,
    "trading": 7,
    "trading.config": 4,
    "analysis": 2,
    "adapters": 5,
    "backtest": 8,
    "examples": 8,
    "test_kit": 8,
    "cli": 9,
}
IMPORT = re.compile(r"^\s*(?:from nautilus_lite\.([\w.]+) c?import|c?import nautilus_lite\.([\w.]+))", re.MULTILINE)


def floor(module: str) -> int:
    names = [name for name in FLOORS if module == name or module.startswith(name + ".")]
    assert names, f"{module} has no floor: give it one here"
    return FLOORS[max(names, key=len)]


def sources() -> list[Path]:
    found = [p for suffix in ("py", "pyx", "pxd") for p in ROOT.rglob(f"*.{suffix}")]
    return [p for p in found if p.name not in ("__init__.py", "__init__.pxd")]


def test_imports_point_down():
    wrong = []
    for path in sources():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        text = re.sub(r"^if TYPE_CHECKING:\n(?:    .*\n|\n)+", "", path.read_text(), flags=re.MULTILINE)
        for match in IMPORT.finditer(text):
            target = match[1] or match[2]
            if floor(target) > floor(module):
                wrong.append(f"{module} (floor {floor(module)}) imports {target} (floor {floor(target)})")
    assert wrong == []


def test_no_file_is_above_800_lines():
    long = {str(p.relative_to(ROOT)): n for p in sources() if (n := len(p.read_text().splitlines())) > 800}
    assert long == {}


def test_every_compiled_module_has_a_stub():
    assert [str(p.relative_to(ROOT)) for p in ROOT.rglob("*.pyx") if not p.with_suffix(".pyi").exists()] == []


def test_every_error_is_also_a_builtin_error():
    import nautilus_lite.errors as errors

    for name, cls in vars(errors).items():
        if isinstance(cls, type) and cls is not errors.NautilusLiteError:
            assert issubclass(cls, errors.NautilusLiteError), name
            assert len(cls.__mro__) > 3, f"{name} must derive from a builtin error too"
