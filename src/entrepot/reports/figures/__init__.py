"""Figures in text: quantities with unit, bounds and scope, and periods as intervals."""

from entrepot.reports.figures.periods import Period, find_periods
from entrepot.reports.figures.quantities import Quantity, find_quantities

__all__ = ["Period", "Quantity", "find_periods", "find_quantities"]
