"""PDF files that are signed, or that come back: signing, signatures, letters.

``signing.sign`` puts a signature into an empty field; ``signatures.signatures_of`` says of each
signature in a file whether it holds, whose it is and what was changed after it; ``letters`` reads
the printed letters and the metadata. Everything works on bytes and without a network, treats a
file that came in as hostile, and raises ``UserError`` where it cannot be read at all. How a paper
is printed is in ``app.reports``; what a paper that came back means is said by
``app.operations.paper_check``.
"""
