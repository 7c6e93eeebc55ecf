"""citeproc-py with its faults mended, by subclasses of its element classes: the library itself stays as it is.

Each patch names the fault it mends as ``Mends:``; ``tests/core/test_citation_shim.py`` shows every one, and runs the
unpatched library to tell when a release no longer needs it.
"""
