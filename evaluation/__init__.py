"""Is it good, is it fast: datasets, measures, results. Deepened in later work."""
