"""The page Lịch và nhiệm vụ."""
