"""Citations: an entry becomes one CSL item (``csl_item``), and the item becomes text in some format (``formats``)."""
