"""Puts a dossier together: one subject's sections in the order in which an editor asks."""

from __future__ import annotations

from entrepot import __version__
from entrepot.casework.case import Case
from entrepot.casework.marks import Marks
from entrepot.dossier import about_claims, about_party, about_trade, frame
from entrepot.dossier.document import Dossier, Grid, Section
from entrepot.dossier.scope import Scope
from entrepot.dossier.subject import find_subject


def dossier(case: Case, asked: str) -> Dossier:
    """The dossier of what `asked` means in a case.

    The order: what is stated, on what evidence, against which comparison, what speaks against, what was not tested,
    what the subject said, the dates of all lists. The same state of a case gives the same dossier.

    Raises:
        UsageError: nothing or several things are meant; lists candidates.
        CaseError: the case was not built yet.
    """
    pinned = Marks(case.folder).pinned()
    with case.connect() as connection:
        subject = find_subject(connection, asked, pinned)
        scope = Scope.of(case, connection, subject, pinned)
        synthetic, state = frame.synthetic_of(scope), scope.state()
        stated, compared, against = about_claims.findings(scope)
        party = subject.kind == "party"
        trades = subject.kind != "claim"
        sections: list[Section | None] = [
            frame.about(scope, synthetic, state, __version__),
            *((about_party.names(scope), about_party.matches(scope), about_party.ownership(scope)) if party else ()),
            *((stated, compared) if trades else ()),
            *(_trade(scope) if trades else ()),
            about_claims.claims(scope),
            about_party.judged(scope) if party else None,
            against if trades else None,
            frame.limits(scope),
            frame.reply(),
            frame.list_dates(scope),
            frame.sources(scope),
        ]
        return Dossier(
            title=f"Dossier: {subject.label}",
            subject_kind=subject.kind,
            subject=subject.label,
            case_name=case.config.case.name,
            program=__version__,
            state=state,
            synthetic=synthetic,
            sections=tuple(_filled(section) for section in sections if section is not None),
            cited=scope.cited(),
            queries=dict(sorted(scope.queries.items())),
            tables={"shipments": _shipments(scope)},
        )


def _filled(section: Section) -> Section:
    """Tables without the columns that are empty in all their rows."""
    blocks = (block.filled() if isinstance(block, Grid) and block.rows else block for block in section.blocks)
    return Section(section.name, section.title, tuple(blocks))


def _trade(scope: Scope) -> tuple[Section | None, ...]:
    return (
        about_trade.goods(scope),
        about_trade.over_time(scope),
        about_trade.prices(scope),
        about_trade.partners(scope),
        about_trade.routes(scope),
    )


SHIPMENTS_MOST = 100_000
"""Shipments of the subject that a workbook or pack lists: a tenth of a sheet; the case itself holds all."""


def _shipments(scope: Scope) -> list[dict[str, object]]:
    """The subject's shipments in canonical columns, with file and row; the row as read stands with the cited ones only."""
    return scope.rows(
        "SELECT parse_filename(src.path) AS file, src.sha256, s.source_id, s.row_number, min(m.side) AS side, any_value(s.date) AS date, any_value(s.declaration_no) AS declaration_no, any_value(s.shipper_name) AS shipper_name, "
        "any_value(s.consignee_name) AS consignee_name, any_value(s.origin_country) AS origin_country, any_value(s.dispatch_country) AS dispatch_country, any_value(s.destination_country) AS destination_country, "
        "any_value(s.hs_code) AS hs_code, any_value(s.goods_text) AS goods_text, any_value(s.quantity) AS quantity, any_value(s.quantity_unit) AS quantity_unit, any_value(s.net_kg) AS net_kg, "
        "any_value(s.value) AS value, any_value(s.currency) AS currency, any_value(s.value_usd) AS value_usd "
        "FROM moves AS m INNER JOIN shipments AS s ON s.source_id = m.source_id AND s.row_number = m.row_number INNER JOIN sources AS src ON src.source_id = s.source_id "
        f"GROUP BY src.path, src.sha256, s.source_id, s.row_number ORDER BY date, s.source_id, s.row_number LIMIT {SHIPMENTS_MOST}"
    )
