"""Schema changes as Alembic scripts; ``app.persistence.migrate`` runs them."""
