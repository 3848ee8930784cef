"""The core of Bảng Vàng: rules, scoring, ranking, papers and packages, without any window.

Floors, from the ground up (each imports only what lies below it; the contracts stand in
`pyproject.toml`): `ground`, `domain`, `rules`, `scoring`, then side by side `persistence`,
`exchange` and `reports`, then `operations`, and `cli` on top. Nothing here imports Qt; the window
lives in the package `ui`. Start reading at `app.scoring`, where a snapshot of facts and a rule
pack become an assessment.
"""
