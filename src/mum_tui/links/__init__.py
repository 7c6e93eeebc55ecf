"""Checks whether links still work: one (``probe``), many (``crawl``); ``report`` shows the results."""
