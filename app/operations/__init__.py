"""The verbs: what a user can ask for. The command line and the window enter only here.

A verb loads what it is given (``loading``), calls one room below and hands back its noun; it
holds no arithmetic and no SQL. ``scoring`` scores and asks what-if, ``explain`` puts a unit's
reasoning into lines, ``cases`` runs the worked cases of packs, ``pack_changes`` compares two
packs, ``papers`` writes documents; ``firmness``, ``criteria_health`` and ``years_comparison`` look
back. Nothing here prints; a verb that cannot go on raises ``UserError`` with all its findings.
"""
