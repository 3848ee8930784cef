"""The page Bỏ phiếu."""
