"""The department's side: the clusters of a province in one folder, seen and judged together.

`folder` holds a workspace of the department's own beside one normal workspace for each cluster;
`readings` reads them all; `view` puts them into one table; `settings` keeps what the department
sets (deadlines, quotas, the base of the flag). On these stand `risk` (what to look at first),
`comparison` (for analysis only), `papers`, `sending` (a rule pack to all clusters), `dividing` (who
appraises what, copies) with `shares` (how that stands), `taking` (packages that come, each to its
cluster) with `batch` (several in one act, and taken back), and `returning` (appraisals that go).
Counting and ordering are below, in ``app.scoring``.
"""
