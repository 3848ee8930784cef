"""The page Bắt đầu."""
