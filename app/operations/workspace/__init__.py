"""What an officer does inside a workspace: one file for each family of verbs.

Every verb begins with a ``Desk`` (who works, in which workspace, on which year) and ends in a
``Done`` (what the journal keeps, what was remarked), or raises ``UserError`` with all that stands
in its way. It writes in one operation, so it is one step of undo, or it writes nothing.

``years`` opens and closes years, ``members`` and ``successions`` keep clusters and units,
``tables`` with ``table_edits`` and ``table_versions`` the criteria tables, ``own_criteria`` what
units registered for themselves; ``records`` what is noted down in rows, ``deadlines`` the days that
the rules set; ``entries``, ``accepting``
and ``rounds`` the scores; ``explanations`` and ``evidence`` what stands behind them; ``results``
scores and writes facts, ``imports`` takes facts in, ``forms`` the Excel forms; ``boards`` and
``year_steps`` tell where the year stands. At the conference ``eligibility``, ``decisions``,
``ballots`` (with ``ballot_candidates``, ``ballot_counts``, ``ballot_views``) and ``awards`` (with
``award_desk``, ``proposals``); what they would bring is told first by ``consequences``.
``calendar`` (with ``calendar_export``) shows the days, ``duty_board`` and
``duties`` who is to do what, ``activities`` what is counted; ``closing`` lists what is open before
a year is closed, and ``turn`` opens the next out of it. Start with ``desk``; ``facts_desk`` reads
what was typed as a facts file would be read, and ``permits`` says what a state allows.
"""
