"""The kernel that keeps a cluster's years: the only room that knows SQL.

A workspace is a folder with one SQLite file, ``evidence/`` by SHA-256, ``backups/`` and a lock;
beside them what the window showed last (``last_view``), which is no part of the data.

Reading goes one way, and each arrow changes the kind of the thing once::

    row ── columns (text ↔ exact value) ──► noun ── snapshots ──► Snapshot ──► scoring

Writing goes the other way, always inside a named operation::

    operation ── Change.put ──► row ── triggers ──► changes (before, after) ── digest ──► chain
                                                       │
                          undo, redo, sentences, verify ◄┘

``tables`` declares the schema, ``columns`` the text forms, ``books`` maps rows to the frozen nouns
of ``app.domain``. ``triggers`` is generated from the tables: outside an operation every write is
refused by the database itself, and so are writes into a closed year or a sealed round; inside one,
each row's before and after enter the journal. ``operations`` opens one transaction per operation
and chains the digests; undo is a new operation that writes the inverse, so nothing is ever taken
out of the journal. ``verify`` recomputes the chain and replays the journal against the rows; it
runs at each opening. ``workspace`` is the door: start there.

Numbers are never stored as floats: decimals, fractions and dates are text. Rules are kept as the
pack's TOML text and are read by ``app.rules``; nothing here scores or prints.
"""
