"""Wizards as plain state machines without Qt; a page shows their steps."""
