"""The page Văn bản."""
