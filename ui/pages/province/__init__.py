"""The page Toàn tỉnh: all clusters of the department beside each other."""
