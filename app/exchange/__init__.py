"""What comes in and goes out as files: facts, results, tables, forms and packages.

Reading turns a file into frozen nouns and findings and stores nothing. ``facts_text`` reads TOML
or JSON into a tree and ``facts`` makes it a ``Snapshot``, list by list (``facts_members``,
``facts_entries``, ``facts_records``); ``result`` writes an assessment with its digest. ``tables``
reads any spreadsheet or delimited text into a ``Table``; ``criteria_table`` and ``score_table``
say what such a table means. No SQL, no scoring, no window lives here.
"""
