"""The page Tổng quan."""
