"""Search: a question (``view``), the parsed query (``query``), and the index that answers it (``index``)."""
