"""Finds what a dossier is about: a party in any spelling, a finding, a chain, goods by HS code, or a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from entrepot.dossier.plain import clean, counted
from entrepot.errors import UsageError
from entrepot.parties.normal import normal_form

KINDS = ("party", "finding", "chain", "goods", "claim", "pinned")

PINNED = "pinned"
"""What asks for the pinned findings together."""

CANDIDATES = 8
"""Candidates that an ambiguous name lists."""

_HS = re.compile(r"\d{2}(\d{2}(\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dossier is about: its kind, the identifier in the case's tables, and its name for a reader."""

    kind: str
    key: str
    label: str


def find_subject(connection: duckdb.DuckDBPyConnection, asked: str, pinned: Sequence[str] = ()) -> Subject:
    """The one thing in a case that `asked` means.

    Identifiers come first, then an HS code of two, four or six digits that the case has shipments of, then names: as
    they occur, then with legal form, script and order of words aside, then names that contain what was asked. `pinned`
    means the findings that are pinned.

    Raises:
        UsageError: nothing or several things are meant; the message lists the candidates.
    """
    wanted = asked.strip()
    if not wanted:
        raise UsageError("no subject given", column="SUBJECT", remedy="a party, finding, chain, HS code or claim")
    if wanted.casefold() == PINNED:
        return _pinned(connection, pinned)
    return _by_identifier(connection, wanted) or _goods(connection, wanted) or _party(connection, wanted)


def _pinned(connection: duckdb.DuckDBPyConnection, pinned: Sequence[str]) -> Subject:
    """The pinned findings that this build has; the key is their identifiers with commas between."""
    found = connection.execute("SELECT finding_id FROM findings WHERE list_contains(?, finding_id) ORDER BY finding_id", [list(pinned)]).fetchall()  # fmt: skip
    if not found:
        raise UsageError("no finding of this case is pinned", column="SUBJECT", value=PINNED, remedy="pin findings in the workbench: entrepot serve CASE")  # fmt: skip
    return Subject(PINNED, ",".join(str(row[0]) for row in found), counted(len(found), "pinned finding"))


def _by_identifier(connection: duckdb.DuckDBPyConnection, wanted: str) -> Subject | None:
    for kind, statement in (
        ("finding", "SELECT finding_id, statement FROM findings WHERE finding_id = ?"),
        ("chain", "SELECT chain_id, first_shipper || ' to ' || last_consignee || ', HS ' || hs6 FROM chains WHERE chain_id = ?"),
        ("claim", "SELECT claim_id, quote FROM claims WHERE claim_id = ?"),
        ("party", "SELECT party_id, min(name ORDER BY \"rows\" DESC, name) FROM parties WHERE party_id = ? GROUP BY party_id"),
    ):  # fmt: skip
        if found := connection.execute(statement, [wanted]).fetchone():
            return Subject(kind, str(found[0]), clean(found[1], 160))
    return None


def _goods(connection: duckdb.DuckDBPyConnection, wanted: str) -> Subject | None:
    code = re.sub(r"^HS\s*|[. ]", "", wanted, flags=re.IGNORECASE)
    if not _HS.fullmatch(code):
        return None
    found = connection.execute("SELECT count(*) FROM trade WHERE starts_with(hs6, ?)", [code]).fetchone()
    if not found or not found[0]:
        raise UsageError(
            "no shipment in this case has this HS code", column="SUBJECT", value=wanted,
            remedy="a code that the case has; `entrepot sources CASE` shows what is loaded",
        )  # fmt: skip
    text = connection.execute(
        "SELECT description FROM hs_codes WHERE hs_code = ? ORDER BY hs_edition DESC LIMIT 1", [code]
    ).fetchone()
    return Subject("goods", code, f"HS {code}" + (f": {clean(text[0], 140)}" if text else ""))


def _party(connection: duckdb.DuckDBPyConnection, wanted: str) -> Subject:
    normal = normal_form(wanted) or wanted
    for statement, values in (
        ("SELECT DISTINCT m.party_id FROM party_members AS m JOIN name_keys AS k USING (name_key) WHERE k.name = ?", [wanted]),
        ("SELECT DISTINCT party_id FROM party_members WHERE name_key = ? OR upper(identifier) = upper(?) OR upper(split_part(identifier, ':', 2)) = upper(?)", [normal, wanted, wanted]),
        ("SELECT DISTINCT m.party_id FROM party_members AS m JOIN name_keys AS k USING (name_key) WHERE contains(lower(k.name), lower(?))", [wanted]),
    ):  # fmt: skip
        ids = [str(row[0]) for row in connection.execute(statement, values).fetchall()]
        if len(ids) == 1:
            return _named(connection, ids)[0]
        if ids:
            raise UsageError(
                f"{counted(len(ids), 'party', 'parties')} in this case could be meant", column="SUBJECT", value=wanted,
                remedy="one of\n" + "\n".join(f"    {s.key}  {s.label}" for s in _named(connection, ids)[:CANDIDATES]),
            )  # fmt: skip
    near = connection.execute(
        "SELECT party_id FROM parties GROUP BY party_id ORDER BY max(jaro_winkler_similarity(lower(name), lower(?))) DESC, party_id LIMIT 3",
        [wanted[:400]],
    ).fetchall()
    close = "".join(f"\n    {s.key}  {s.label}" for s in _named(connection, [str(row[0]) for row in near]))
    raise UsageError(
        "nothing in this case goes by this name or identifier", column="SUBJECT", value=wanted,
        remedy="a party's name or number, a finding, a chain, a claim or an HS code" + (f"; nearest names:{close}" if close else ""),
    )  # fmt: skip


def _named(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Subject]:
    """Parties with name, country and shipments, most shipments first."""
    rows = connection.execute(
        "SELECT party_id, arg_max(name, \"rows\" ORDER BY name_key), arg_max(country, \"rows\" ORDER BY name_key), sum(\"rows\")::BIGINT AS n, arg_max(identifier, \"rows\" ORDER BY name_key) FROM parties "
        "WHERE list_contains(?, party_id) GROUP BY party_id ORDER BY n DESC, party_id",
        [list(ids)],
    ).fetchall()  # fmt: skip
    return [
        Subject("party", str(key), clean(name, 160)) if len(ids) == 1 else
        Subject("party", str(key), f"{clean(name, 100)} ({clean(country) or 'country unknown'}{', ' + clean(number, 60) if number else ''}; {counted(n, 'row')})")
        for key, name, country, n, number in rows
    ]  # fmt: skip
