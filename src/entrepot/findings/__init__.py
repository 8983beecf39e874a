"""Indicators over the tables; claims checked against the tables; evidence."""
