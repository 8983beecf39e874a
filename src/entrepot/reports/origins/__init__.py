"""Where claims of several reports come from: roots, reprints, and what each retelling changed."""

from entrepot.reports.origins.differences import Difference, find_differences
from entrepot.reports.origins.linking import Root, Roots, find_roots
from entrepot.reports.origins.reprints import Reprint, find_reprints

__all__ = ["Difference", "Reprint", "Root", "Roots", "find_differences", "find_reprints", "find_roots"]
