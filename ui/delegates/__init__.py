"""How cells are drawn and edited where the plain table does not do."""
