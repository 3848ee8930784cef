"""The page Sức khỏe tiêu chí: what this year's scores advise for next year's table."""
