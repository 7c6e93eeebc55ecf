"""Measurements of mum-tui in a real pseudo-terminal, as ratios against a floor measured in the same run."""
