"""What a rule text says, true without any member existing.

A *pack* is one decision text as data: criteria with their maxima and methods, rounds,
standing cases, conditions, awards, tie chain, parameters for what the text leaves open,
each with its clause. ``pack`` holds the nouns, ``methods`` the closed set of ways to score
one criterion, ``condition`` the boolean trees, ``document`` reading and writing,
``checks`` what is examined before a pack is used. Nothing here knows a unit's figures;
applying rules to members is ``app.scoring``. The format is explained for people who write
packs in ``data/packs/FORMAT.md``.
"""
