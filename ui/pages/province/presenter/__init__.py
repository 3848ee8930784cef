"""What the page Toàn tỉnh knows and does, without Qt."""
