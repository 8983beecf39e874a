"""The vocabulary: tables, identifiers, units, places, time intervals, provenance. Knows no I/O."""
