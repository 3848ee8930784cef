"""The self-score form of a table as an Excel file: written for a unit, filled in, read back.

``description`` says what stands on a form; the writer and the reader both follow it and
nothing else, so that they cannot drift apart. Each line of the sheet carries a hidden id, and
a hidden sheet says which unit, table, year and round the form belongs to. Start with
``write_form``, ``read_form`` and ``read_forms``; nothing is stored here.
"""

from app.exchange.forms.description import Citation, Form, Identity, describe_form
from app.exchange.forms.folder import FormFile, FormsReading, Told, read_forms
from app.exchange.forms.reader import FormReading, read_form
from app.exchange.forms.writer import write_form

__all__ = [
    "Citation",
    "Form",
    "FormFile",
    "FormReading",
    "FormsReading",
    "Identity",
    "Told",
    "describe_form",
    "read_form",
    "read_forms",
    "write_form",
]
