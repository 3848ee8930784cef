"""Applying rules to members: ``assess(snapshot, packs) -> Assessment``, one pure function.

Data flows one way through the files, and none of it back:

``order`` (facts in one fixed order) → ``scene`` (facts and rules with look-ups) → ``frame`` (which
rows a unit's table has) → ``cells`` (what each round says of one criterion; ``gates``,
``cell_questions``) → ``sums`` (rows into groups) → ``items`` (bonus, deductions) → ``cards`` (the
total) → ``standings`` (cases, classes, ranks; ``rank_keys``) → ``awards`` (places, candidates) →
``walk`` (down the ranks) → ``ties`` and ``ballots``. ``conditions`` judges boolean trees for all of
them; ``late`` and ``questions`` close what is left; ``notices`` tells what looks wrong.

``entries`` finds what was entered; ``memory`` takes over what would come out the same, and ``live``
is an assessment that follows the keystrokes by it.

``firmness`` looks at a result from a step back: ``neighbours`` and what is in dispute between them
(``disputes``), and the smallest change that turns their order (``swaps`` by ``levers``, at the
``thresholds`` of conditions, on a cluster ``narrowed`` down). ``criteria_statistics`` and
``criteria_health`` look at the criteria, ``years_comparison`` (``lineages``, ``criteria_matching``)
at several years.

``duties`` tells how the year's duties stand on a day (``duty_days`` when they are due,
``duty_signs`` and ``duty_counts`` what shows that they were done); it knows no points.

Start with ``assess`` for the way and ``assessment`` for what comes out. Nothing here reads a file,
a clock or a database.
"""
