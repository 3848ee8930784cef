"""The command line ``bangvang``: one file for each family of commands.

``program`` puts the commands together and turns every way in which they end into an exit code:
0 done, 1 something that the user can mend, 70 a bug. ``speech`` writes to the screen and words
usage errors. Commands import what they need when they run, so that ``score`` starts fast. No
verb lives here; each command calls one of ``app.operations``.
"""
