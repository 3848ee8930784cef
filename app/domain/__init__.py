"""The frozen nouns of the field: units, clusters, entries, ballots, and a step of reasoning.

What is true of one period stands in a ``Snapshot``; it is immutable and complete, and the
engine reads nothing else. Nouns carry no rule: what a figure is worth is said by a rule
pack (``app.rules``) and worked out by ``app.scoring``. Start with ``snapshot``.
"""
