"""Legs, chains, mirror statistics, surges, dependence."""
