"""The page Minh chứng."""
