"""The page Khóa sổ và bàn giao."""
