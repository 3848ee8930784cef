"""The page Khen thưởng."""
