"""The window of Bảng Vàng, written with Qt: screens that show what the core has worked out.

No rule, no arithmetic and no SQL lives here; a screen asks a verb of the core and shows its
answer. `app` never imports this package. It has no content yet.
"""
