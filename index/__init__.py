"""Passages in, an index folder out, and the folder's own operations."""
