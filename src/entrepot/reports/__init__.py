"""Published reports: documents, figures, periods, claims, attribution chains, stance, roots.

report = read_report("article.html")               document and claims of one report
claims_json([report])                              the JSON objects that `entrepot read --json` prints, roots included
found = find_roots([report, other])                roots across reports, each claim's root filled in
find_differences(found)                            what each retelling dropped, added, sharpened or turned round
report_tables(found)                               the tables of `model.tables.reports`
"""

from entrepot.reports.attribution.discourse import NamedHop
from entrepot.reports.claim import Claim, ClaimPeriod
from entrepot.reports.figures import Period, Quantity, find_periods, find_quantities
from entrepot.reports.origins import Difference, Reprint, Root, Roots, find_differences, find_reprints, find_roots
from entrepot.reports.output import claims_json, report_tables
from entrepot.reports.reading import Report, read_report
from entrepot.reports.second_reader import Disagreement, Endpoint, second_reading

__all__ = [
    "Claim",
    "ClaimPeriod",
    "Difference",
    "Disagreement",
    "Endpoint",
    "NamedHop",
    "Period",
    "Quantity",
    "Report",
    "Reprint",
    "Root",
    "Roots",
    "claims_json",
    "find_differences",
    "find_periods",
    "find_quantities",
    "find_reprints",
    "find_roots",
    "read_report",
    "report_tables",
    "second_reading",
]
