"""What is planted in synthetic trade, each pattern beside the innocent trade that looks like it."""

from __future__ import annotations

from entrepot.demo.patterns import chains, goods, listings, newcomers, parties, rhythm, routes
from entrepot.demo.stage import Stage


def plant_all(stage: Stage) -> None:
    """Plant every pattern and every decoy, in a fixed order."""
    for module in (newcomers, rhythm, parties, goods, listings, routes, chains):
        module.plant(stage)


__all__ = ["plant_all"]
