"""Documents, quantities, periods, claims, attribution, roots."""
