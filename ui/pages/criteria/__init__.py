"""The page Bảng tiêu chí."""
