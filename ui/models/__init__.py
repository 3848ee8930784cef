"""Models: they ask for what is shown and never write.

``columns`` says (without Qt) what a table shows, ``rows`` shows it to Qt.
"""
