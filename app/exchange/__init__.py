"""What comes in and goes out as files: tables, forms and packages.

Reading turns a file into frozen nouns and findings and stores nothing. ``tables`` reads any
spreadsheet or delimited text into a ``Table``; ``criteria_table`` and ``score_table`` say
what such a table means. No SQL, no scoring, no window lives here.
"""
