"""One folder a screen: ``page`` (widgets), ``presenter`` (without Qt), ``columns``.

Pages do not import each other; one asks for another by ``Context.go`` with a ``Place``.
"""
