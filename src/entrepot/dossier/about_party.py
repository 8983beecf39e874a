"""Sections about who the subject is: names as they occur, list matches, ownership, judgements."""

from __future__ import annotations

import datetime as dt

from entrepot.casework import judgements
from entrepot.dossier.document import Block, Grid, Section, Sentence
from entrepot.dossier.plain import clean, counted, days
from entrepot.dossier.scope import Scope, cell, row_of
from entrepot.parties.normal import normal_form

NAMES_SHOWN = 60
"""Spellings in the table of names, most frequent first."""

MATCHES_SHOWN = 25
"""List entries that are written out, nearest first."""


def names(scope: Scope) -> Section:
    """Each spelling with role, number, country, shipments and its first row; why spellings are taken for one party."""
    found = scope.rows(
        "SELECT n.name, n.role, n.identifier, n.country, n.address, n.\"rows\", n.first_date, n.last_date, n.source_id, n.first_row AS row_number, m.why, m.identifier AS given "
        "FROM mentions AS n INNER JOIN name_keys AS k ON k.source_id = n.source_id AND k.name = n.name "
        "INNER JOIN party_members AS m ON m.name_key = k.name_key AND m.identifier = COALESCE(n.identifier, '') AND m.country = COALESCE(n.country, '') "
        "WHERE m.party_id = $key ORDER BY n.\"rows\" DESC, n.name, n.role, n.mention_id",
        {"key": scope.subject.key},
    )  # fmt: skip
    shown = found[:NAMES_SHOWN]
    table = Grid(
        ("name as in the records", "role", "identifier", "country", "address", "shipments", "first", "last"),
        tuple(
            (cell(r["name"]), cell(r["role"]), cell(r["identifier"]), cell(r["country"]), cell(r["address"]), cell(r["rows"]), cell(r["first_date"]), cell(r["last_date"]))
            for r in shown
        ),
        tuple(scope.cite([row_of(r)])[0] for r in shown),
        "Each spelling is cited with the first row that has it.",
        max(0, len(found) - len(shown)),
    )  # fmt: skip
    blocks: list[Block] = [table]
    blocks += [
        Sentence(f"Taken for one party: {why}.") for why in sorted({clean(r["why"], 300) for r in found if r["why"]})
    ]
    blocks += _namesakes(scope)
    return Section("names", "Names as they occur", tuple(blocks))


def _namesakes(scope: Scope) -> list[Block]:
    """Who else bears the name, and which pairs wait for a person."""
    said: list[Block] = []
    if scope.rows("SELECT 1 FROM parties WHERE party_id = $key AND possible_namesakes LIMIT 1", {"key": scope.subject.key}):  # fmt: skip
        said.append(Sentence("Another party in this case bears the same name with another number or country: rows may belong to either.", tone="warn"))  # fmt: skip
    pairs = scope.rows(
        "SELECT left_party, right_party, left_name, right_name, score, explanation FROM party_pairs WHERE left_party = $key OR right_party = $key ORDER BY score DESC, pair_id LIMIT 10",
        {"key": scope.subject.key},
    )
    said += [
        Sentence(f"Possibly the same and not merged: {clean(p['left_name'], 120)} and {clean(p['right_name'], 120)} (likeness {float(str(p['score'])):.2f}); {clean(p['explanation'])}.")
        for p in pairs
    ]  # fmt: skip
    return said


def matches(scope: Scope) -> Section:
    """Entries of lists that the party's names meet, with dates against the shipments and what speaks against."""
    found = scope.rows(
        "SELECT arg_max(m.name, m.score ORDER BY m.name, m.matched_name) AS name, m.list_id, m.entry_id, min(m.entry_name) AS entry_name, arg_max(m.matched_name, m.score ORDER BY m.name, m.matched_name) AS matched_name, "
        "max(m.score) AS score, arg_max(m.decision, m.score ORDER BY m.name, m.matched_name) AS decision, arg_max(m.explanation, m.score ORDER BY m.name, m.matched_name) AS explanation, min(p.program) AS program, "
        "min(p.listed) AS listed, min(p.delisted) AS delisted, min(p.first_seen) AS first_seen, min(p.last_seen) AS last_seen, "
        "min(p.source_id) AS source_id, min(p.row_number) AS row_number "
        "FROM matches AS m INNER JOIN (SELECT DISTINCT k.name FROM party_members AS o INNER JOIN name_keys AS k ON k.name_key = o.name_key WHERE o.party_id = $key) AS own ON own.name = m.name "
        "LEFT JOIN list_presence AS p ON p.list_id = m.list_id AND p.entry_id = m.entry_id WHERE m.decision <> 'no' "
        "GROUP BY m.list_id, m.entry_id ORDER BY decision, score DESC, m.list_id, m.entry_id",
        {"key": scope.subject.key},
    )
    blocks: list[Block] = [Sentence("A listing is not a conviction, and likeness of names is not identity.")]
    if not found:
        lists = scope.rows("SELECT count(DISTINCT list_id) AS n FROM list_entries")[0]["n"]
        blocks.append(Sentence(f"No name of this party meets an entry of the {counted(lists, 'list')} in this case."))
    for match in found[:MATCHES_SHOWN]:
        grade = "match" if match["decision"] == "match" else "possible match"
        cites, _ = scope.cite([row_of(match)]) if match["source_id"] is not None else ((), 0)
        program = f", programme {clean(match['program'], 120)}" if match["program"] else ""
        blocks.append(
            Sentence(
                f"{grade.capitalize()} ({float(str(match['score'])):.2f}): “{clean(match['name'], 160)}” and “{clean(match['matched_name'], 160)}”, "
                f"entry {clean(match['entry_id'], 60)} ({clean(match['entry_name'], 160)}) of {clean(match['list_id'], 60)}{program}. {_dates(scope, match)}",
                cites,
                tone="strong" if grade == "match" else "plain",
            )
        )
        blocks.append(Sentence(f"How it was compared, and what speaks against: {clean(match['explanation'], 900)}"))
    if len(found) > MATCHES_SHOWN:
        blocks.append(Sentence(f"{len(found) - MATCHES_SHOWN} further possible matches are in the case's table `matches`."))  # fmt: skip
    return Section("lists", "List matches", tuple(blocks))


def _dates(scope: Scope, match: dict[str, object]) -> str:
    listed, delisted = match["listed"], match["delisted"]
    if not isinstance(listed, dt.date):
        seen = days(match["first_seen"], match["last_seen"])
        return f"The list does not state the day of listing; versions in this case that have the entry: {seen}."
    counts = scope.rows(
        "SELECT count(*) FILTER (WHERE date < $listed::DATE) AS before, count(*) FILTER (WHERE date >= $listed::DATE AND ($delisted::DATE IS NULL OR date < $delisted::DATE)) AS during, "
        "count(*) FILTER (WHERE date >= $delisted::DATE) AS after, count(*) FILTER (WHERE date IS NULL) AS undated FROM moves",
        {"listed": listed, "delisted": delisted},
    )[0]
    text = f"Listed {listed.isoformat()}: {counted(counts['before'], 'shipment')} before that day, {counted(counts['during'], 'shipment')} on or after it"
    if delisted is not None:
        text += f", {counted(counts['after'], 'shipment')} after the delisting of {cell(delisted)}"
    return text + (f", {counts['undated']} undated." if counts["undated"] else ".")


def ownership(scope: Scope) -> Section | None:
    """What statements of ownership give for the party under each regime's rule; None where nothing is stated."""
    found = scope.rows("SELECT * FROM owned_parties WHERE party_id = $key ORDER BY rule, owned_id", {"key": scope.subject.key})  # fmt: skip
    if not found:
        return None
    blocks: list[Block] = [Sentence("A rule applied to statements of ownership is not a legal finding; statements may be old, incomplete or wrong.")]  # fmt: skip
    for owned in found:
        steps = scope.rows("SELECT source_id, row_number FROM ownership_steps WHERE owned_id = $id ORDER BY position", {"id": owned["owned_id"]})  # fmt: skip
        cites, more = scope.cite([row_of(step) for step in steps])
        share = "" if owned["share"] is None else f", {float(str(owned['share'])):g} percent"
        blocks.append(
            Sentence(f"{clean(owned['rule_title'])}: {clean(owned['status'])}{share}; listed owners: {clean(owned['owners'])}. {clean(owned['steps'], 900)}", cites, more, "strong")
        )  # fmt: skip
        if owned["notes"]:
            blocks.append(Sentence(f"To note: {clean(owned['notes'], 600)}", tone="warn"))
    return Section("ownership", "Ownership", tuple(blocks))


def judged(scope: Scope) -> Section:
    """What persons decided about the party's names: dated, with reasons; they outrank the machine."""
    keys = {str(r["name_key"]) for r in scope.rows("SELECT DISTINCT name_key FROM party_members WHERE party_id = $key", {"key": scope.subject.key})}  # fmt: skip

    def ours(side: judgements.Subject) -> bool:
        return isinstance(side, judgements.Party) and side.name is not None and (normal_form(side.name) or side.name) in keys  # fmt: skip

    own = [j for j in judgements.current(scope.case) if ours(j.left) or ours(j.right)]
    blocks: tuple[Block, ...] = tuple(
        Sentence(f"{j.when:%Y-%m-%d}, {clean(j.author, 80)}: {clean(j.left.label, 160)} and {clean(j.right.label, 160)} are {j.decision}{': ' + clean(j.reason) if j.reason else ''} ({j.id}).")
        for j in own
    ) or (Sentence("No person has judged a match or a merge of this party yet: what stands here is the machine's comparison.", tone="warn"),)  # fmt: skip
    return Section("judgements", "Judgements by persons", blocks)
