"""Applying rules to members: ``assess(snapshot, packs) -> Assessment``, one pure function.

Data flows one way through the files: ``table`` (which criteria a unit has) → ``entries`` (what
each round says of one cell) → ``comparison`` … → ``cards`` (sums, bonus, deductions, total) →
``standings`` (bars, classes, ranks) → ``awards`` (places, ties, ballots). Each gives values to
the next and none goes back. Nothing here reads a file, a clock or a database.
"""
