"""One script per released schema, named by its number."""
