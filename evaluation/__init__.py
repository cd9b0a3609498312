"""Is it good: judged datasets, the measures of TREC, and results on file."""
