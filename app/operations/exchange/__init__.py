"""The verbs of the exchange with other units: keys and senders, making packages, taking them in.

Who signs and who is known (``keyring``)
    ``make_key``, ``open_key``, ``known_senders``, ``confirm_sender``, ``retire_sender``,
    ``sender_named``. The own key lies in a file outside the workspace; senders enter the journal.

What leaves (``packing``, ``sending``)
    ``Order`` says what is wanted: kind, extent, the unit, cluster or agency that it is about, with
    evidence and papers or without. ``size_of(desk, order) -> SizeEstimate`` comes first;
    ``package_contents(desk, order, …) -> Contents`` is what a package would hold;
    ``send(desk, order, envelope, key, out) -> Sent`` writes, signs and (with a passphrase or for a
    recipient's key) locks the file, and enters it in the register.

What came (``looking``, ``taking_in``)
    ``look(desk, file, …) -> Look`` changes nothing: its status, its age beside what came before,
    what would change (``Difference``: a sentence, ours, theirs), what both sides changed
    (``conflicts``), what its sender may not change (``beyond``), and whether scoring again gives
    the sender's result (``Recompute``).
    ``take_in(desk, look, decisions, …) -> Done`` carries it out as one operation that can be
    undone. ``begin_from(file, folder, …) -> Workspace`` makes a workspace out of a package where
    there is none yet.

What an agency is asked (``answering``)
    ``request_in(file)`` reads a request of figures, ``write_request_form`` writes its Excel form,
    ``answer_request`` makes the signed answer out of the filled form without any workspace,
    ``take_form(desk, …) -> Done`` takes a filled form in that came without a package.

What went and came (``register``)
    ``exchanged(desk) -> tuple[RegisterLine, …]``; ``answerable`` is what an appraisal answers
    unless another package is named; ``shares.shared_digest`` is equal in two workspaces
    that agree about a share of the year.

Below stand ``rows`` (a year as rows with keys that mean the same on both sides), ``rights`` (which
rows a kind of package is about, and which of them its sender may change) and ``records`` (the rows
beside the facts, as a document of the package). The format of packages itself is in
``app.exchange.packages``.
"""
