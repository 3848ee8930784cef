"""The verbs of the exchange with other units: keys and senders, making packages, taking them in.

`keyring` keeps the unit's own key (in a file outside the workspace) and the senders that were
confirmed; `packing` makes the contents of each kind of package from a year; `looking` reads a
package and says what it would change; `taking_in` changes it, as one operation that can be undone.
The format itself is below, in ``app.exchange.packages``.
"""
