"""The ground floor: exact numbers, text, findings and canonical data.

Everything above stands on these rooms, and they import nothing of the project.
Start with ``numbers`` (how a figure is read and rounded) and ``findings`` (how a fault
is told to the user). No rule of any province lives here.
"""
