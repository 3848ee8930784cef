"""The page Nhập/xuất biểu mẫu."""
