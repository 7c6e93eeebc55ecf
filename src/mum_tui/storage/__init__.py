"""Files written whole, locks, and containers of named sections. Knows nothing of what they hold."""
