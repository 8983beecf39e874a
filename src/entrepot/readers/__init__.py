"""Bytes to typed records, and rejects."""
