"""Build of the compiled modules.

Environment switches: ``NL_OPT`` (``2`` by default, ``0`` for a quick development build), ``NL_JOBS`` (2), ``NL_ANNOTATE=1``
(Cython's HTML beside each module), ``NL_DEBUG=1`` (bounds and ``None`` checks everywhere), ``NL_PROFILE=1`` (line tracing).
"""

import os
from pathlib import Path

import numpy
from Cython.Build import cythonize
from setuptools import Extension, setup

DEBUG = os.environ.get("NL_DEBUG") == "1"
PROFILE = os.environ.get("NL_PROFILE") == "1"
ANNOTATE = os.environ.get("NL_ANNOTATE") == "1"
OPTIMISE = os.environ.get("NL_OPT", "0" if DEBUG else "2")
JOBS = int(os.environ.get("NL_JOBS", "2"))

DIRECTIVES = {
    "language_level": 3,
    "boundscheck": True,
    "wraparound": False,
    "nonecheck": DEBUG,
    "cdivision": False,
    "initializedcheck": True,
    "binding": True,
    "embedsignature": False,
    "linetrace": PROFILE,
}
MACROS = [("NPY_NO_DEPRECATED_API", "NPY_1_7_API_VERSION"), ("CYTHON_TRACE", "1" if PROFILE else "0")]
COMPILE_ARGS = [f"-O{OPTIMISE}", "-g0", "-fvisibility=hidden", "-Wno-unused-function", "-Wno-unreachable-code"]

# setuptools asks the environment for the number of compiler processes
os.environ.setdefault("MAX_JOBS", str(JOBS))


def extensions() -> list[Extension]:
    return [
        Extension(
            str(path.with_suffix("")).replace(os.sep, "."),
            [str(path)],
            include_dirs=[numpy.get_include()],
            define_macros=MACROS,
            extra_compile_args=COMPILE_ARGS,
            extra_link_args=["-s"],
        )
        for path in sorted(Path("nautilus_lite").rglob("*.pyx"))
    ]


setup(
    ext_modules=cythonize(
        extensions(), compiler_directives=DIRECTIVES, annotate=ANNOTATE, nthreads=JOBS, build_dir="build/cython"
    ),
    options={"build_ext": {"parallel": JOBS}},
)
