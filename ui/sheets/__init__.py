"""Sheets that several pages open: the unit's key, beginning from a package."""
