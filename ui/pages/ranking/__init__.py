"""The page Xếp hạng."""
