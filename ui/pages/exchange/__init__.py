"""Trao đổi dữ liệu: packages that go to other units and come from them, keys and the register."""
