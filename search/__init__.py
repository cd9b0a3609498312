"""A question in, ranked hits out: the same for page, script and evaluation."""
