"""The page Cài đặt."""
