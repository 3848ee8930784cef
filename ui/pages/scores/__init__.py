"""The page Chấm điểm."""
