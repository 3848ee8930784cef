"""The papers of a year, each from one wording, one set of named values and one form.

A paper is a file in ``resources/papers``: its form (tên loại, công văn, biên bản …), who issues and
signs it, what the officer is asked for, and its wording as Markdown with «named places». What
stands in the places is computed from the data here, one module for each part of the year; the
officer may change the wording, never what a place says.

`shelf` reads the files, `data` is what a paper is made from, `places` what stands in the places of
all papers, `wording` puts both together, `assembly` makes the `Document`. To add a paper: a file in
``resources/papers``, its `Contents` in the module of its part, a golden text in ``tests/golden``.
"""
