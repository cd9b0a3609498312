"""Long proofs that an index cannot be wrong: `python -m tests.crash` (`make crash`).

    kills   a build, an update and a merge are killed at random moments, 200 of them
    soak    four readers ask while a writer adds, changes and deletes documents

Both know from the files, and not from the index, what each generation must hold. The short
versions are `tests/test_kill.py` and `tests/test_readers_and_writer.py`.
"""
