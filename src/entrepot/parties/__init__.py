"""Names, screening, linking, ownership."""
