"""Citations: an entry becomes one CSL item (``csl``), and the item becomes text in some format (``formats``)."""
