"""Finding entries: a question (``view``), its words (``query``), and the answer (``index``)."""
