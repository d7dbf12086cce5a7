"""Published numbers in words: what may be said about them, and no more (statistics 1.1-1.9, charts 2.0)."""
