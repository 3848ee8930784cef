"""What the page knows and does, without Qt: forms out, forms in, and what leaves the house."""
