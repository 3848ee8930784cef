"""Papers: an assessment becomes a document as data, and renderers print it.

`document` holds the nouns of a paper (letterhead, paragraphs, tables, signatures) without any
look; the builders (`ranking`, `score_sheet`) fill them from an assessment and a rule pack; the
renderers (`pdf`, `text`) know only these nouns, so each paper prints everywhere alike. The XLSX
of the ranking (`workbook`) is built on its own, because its cells are formulas. `charts` holds
the pictures, which serve papers and window alike. The layout follows Nghị định 30/2020/NĐ-CP,
Phụ lục I. No score is computed here: a figure that stands on a paper was read from the
assessment. Start at `document`.
"""
