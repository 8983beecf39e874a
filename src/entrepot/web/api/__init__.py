"""What programs call: the HTTP API, the reconciliation API of OpenRefine, and matching in yente's form."""

from entrepot.web.api.details import router as details
from entrepot.web.api.docs import router as docs
from entrepot.web.api.match import router as match
from entrepot.web.api.reconcile import router as reconcile
from entrepot.web.api.tables import router as tables

ROUTERS = (tables, details, docs, reconcile, match)

__all__ = ["ROUTERS"]
