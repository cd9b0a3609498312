"""Casebook against what people would use instead: the same texts, weights, machine and run.

    texts         the documents, their second versions, and questions
    programs      what is measured, and the environment of its own that each is installed in
    process       a program that runs beside us, spoken to in lines of JSON
    turns         building, asking and changing, in turns
    kills         an update that is killed, and what is served then
    results       tables of ratios

`scripts/` holds the programs themselves. They are run, never imported: each by its own Python.
"""
