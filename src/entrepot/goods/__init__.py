"""HS, control lists, designators, part numbers, prices."""
