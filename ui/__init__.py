"""The window. It stands on ``app.operations`` and shows what they answer; it scores nothing.

Floors, from the top; each knows only those below it:

- ``application`` puts everything together; ``main_window`` is the frame and owns no data.
- ``pages/<screen>``: a page is widgets, a *presenter* (what the page knows and does, without Qt)
  and *columns*. Pages do not know each other: one asks for another by a ``Place``.
- ``page`` is what all pages share, ``sheets`` are those that several of them open, ``context`` is
  what each is given.
- ``flows``: wizards as plain state machines without Qt. ``models`` ask and never write,
  ``delegates`` draw and edit cells, ``widgets`` are the words of the visual language.
- ``notices`` shows what went wrong, the only place that does; ``tasks`` works off the window's
  thread.
- ``session`` (no Qt): the open workspace, its year, the result as it is now, and who wants to
  hear when something changed. ``preferences``, ``places``, ``theme`` stand beside it.
"""
