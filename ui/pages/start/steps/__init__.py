"""The wizard's steps, one widget each. A step writes into the new cluster as it is typed."""
