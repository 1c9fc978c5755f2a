# Kernels only: nothing here is visible from Python.
