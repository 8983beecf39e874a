"""Statistics over `flows`: series, breaks, mirror gaps, hub surges, substitution, concentration, dependence.

Pure functions over Arrow tables. Each result carries the flows that it rests on, its base numbers, and the innocent
explanations of the literature; none says why trade changed.
"""

from entrepot.routes.statistics.break_dates import Break, Breaks, Chow, breaks, chow
from entrepot.routes.statistics.concentration import (
    Concentration,
    Dependence,
    concentration_of,
    concentrations,
    dependence_of,
    dependences,
    import_shares,
)
from entrepot.routes.statistics.evidence import Caveat, caveats
from entrepot.routes.statistics.hub_surges import Placebo, Surge, surge
from entrepot.routes.statistics.mirror_gaps import Gap, Mirror, mirror
from entrepot.routes.statistics.substitutes import Change, Substitution, substitution
from entrepot.routes.statistics.time_series import Point, Series, series

__all__ = [
    "Break",
    "Breaks",
    "Caveat",
    "Change",
    "Chow",
    "Concentration",
    "Dependence",
    "Gap",
    "Mirror",
    "Placebo",
    "Point",
    "Series",
    "Substitution",
    "Surge",
    "breaks",
    "caveats",
    "chow",
    "concentration_of",
    "concentrations",
    "dependence_of",
    "dependences",
    "import_shares",
    "mirror",
    "series",
    "substitution",
    "surge",
]
