"""The case store and the relational engines (DuckDB; Spark)."""
