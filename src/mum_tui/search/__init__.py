"""Search: a ``View`` (what to search for), the parsed ``Query``, and the ``Index`` that runs it."""
