"""The words of the visual language: labels, buttons, sheets, tables, charts; no page knows more.

Each widget takes the theme's tokens through the style sheet by its ``kind`` and ``tone``. Start
at ``words`` (labels and buttons) and ``table``.
"""
