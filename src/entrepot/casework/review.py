"""What waits for a person: pairs of parties, and parties and list entries, by how much a judgement would change."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from entrepot.casework import judgements as jd
from entrepot.casework.case import Case
from entrepot.engine.duck import fetched
from entrepot.errors import UsageError
from entrepot.parties.normal import normal_form

ENTRY_WEIGHT, FINDING_WEIGHT = 100, 10
"""What a list entry and a finding at stake count, a shipment counting one: a listing changes what every shipment of a party
means, a finding is a line of a report. The order of questions follows from it and nothing else does."""

LEAST_CHANCE = 0.02
"""Even a score of 1 may be wrong: what is left of the question then."""

_MOST_NAMES = 8

_PAIRS = "SELECT * FROM party_pairs"

_MATCHES = """
SELECT
  members.party_id AS party_id, arg_max(matches.name, matches.score) AS name, matches.list_id AS list_id,
  matches.entry_id AS entry_id, min(matches.entry_name) AS entry_name, max(matches.score) AS score,
  arg_max(matches.decision, matches.score) AS decision, arg_max(matches.explanation, matches.score) AS explanation,
  arg_max(members.identifier, matches.score) AS identifier
FROM matches
JOIN (
  SELECT m.name_key, m.party_id, CASE WHEN b.parties > 1 THEN max(nullif(m.identifier, '')) END AS identifier
  FROM party_members AS m JOIN (SELECT name_key, count(DISTINCT party_id) AS parties FROM party_members GROUP BY 1) AS b USING (name_key)
  GROUP BY m.name_key, m.party_id, b.parties
) AS members USING (name_key)
WHERE matches.decision <> 'no'
GROUP BY members.party_id, matches.list_id, matches.entry_id
"""

_AT_STAKE = """
WITH wanted AS (
  SELECT left_party AS party_id FROM party_pairs
  UNION SELECT right_party FROM party_pairs
  UNION SELECT m.party_id FROM party_members AS m SEMI JOIN (SELECT name_key FROM matches WHERE decision <> 'no') USING (name_key)
),
names AS (
  SELECT party_id, name FROM party_members SEMI JOIN wanted USING (party_id)
  UNION SELECT party_id, name FROM parties SEMI JOIN wanted USING (party_id)
),
said AS (
  SELECT subject, count(*) AS findings FROM findings WHERE subject_kind = 'party' GROUP BY subject
),
about AS (
  SELECT names.party_id, sum(said.findings) AS findings FROM names JOIN said ON said.subject = names.name GROUP BY names.party_id
)
SELECT m.party_id, coalesce(any_value(about.findings), 0), sum(m.rows)
FROM party_members AS m SEMI JOIN wanted USING (party_id) LEFT JOIN about USING (party_id)
GROUP BY m.party_id
"""

_SIDES = """
SELECT
  m.party_id, m.name, m.identifier, m.country, m.name_key, m.rows, s.path, m.row_number, m.source_id,
  (
    SELECT list(DISTINCT n.name ORDER BY n.name) FROM name_keys AS k JOIN mentions AS n USING (source_id, name)
    WHERE k.name_key = m.name_key AND coalesce(n.identifier, '') = m.identifier AND coalesce(n.country, '') = m.country
  ) AS spellings
FROM party_members AS m JOIN sources AS s USING (source_id)
WHERE list_contains(?, m.party_id)
ORDER BY m.party_id, m.rows DESC, m.name, m.identifier, m.country
"""

_ENTRIES = """
SELECT
  p.list_id, p.entry_id, p.name, p.schema, p.program, p.listed, p.delisted,
  (SELECT list(DISTINCT n.name ORDER BY n.name) FROM list_names AS n WHERE n.list_id = p.list_id AND n.entry_id = p.entry_id) AS names,
  (SELECT list(DISTINCT c.country ORDER BY c.country) FROM list_places AS c WHERE c.list_id = p.list_id AND c.entry_id = p.entry_id AND c.country IS NOT NULL) AS countries,
  (SELECT list(DISTINCT i.kind || ':' || i.value ORDER BY i.kind || ':' || i.value) FROM list_identifiers AS i WHERE i.list_id = p.list_id AND i.entry_id = p.entry_id) AS identifiers,
  s.path, p.source_id, p.row_number
FROM list_presence AS p LEFT JOIN sources AS s USING (source_id)
WHERE list_contains(?, p.list_id || chr(31) || p.entry_id)
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question.

    Attributes:
        id: of the party, or list and entry. name: the name in question. names, countries, identifiers: all that is known.
        shipments: appearances in shipments, 0 for a list entry. path, source_id, row_number: a row that gives the name.
    """

    id: str
    name: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    identifiers: tuple[str, ...]
    shipments: int
    path: str | None
    source_id: str | None
    row_number: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A pair that waits for a judgement.

    Attributes:
        id: stable over rebuilds. kind: `party-party` or `party-entry`. left_subject, right_subject: what a judgement names.
        now: `apart`, `match` or `possible`: what holds until someone judges. score, explanation: of the comparison.
        list_entries, findings, shipments: what a judgement may change. value: their weighted sum times the chance that
        the judgement is not what holds now. judged: a judgement `unsure` in force, if any.
    """

    id: str
    kind: str
    left: Side
    right: Side
    left_subject: jd.Party
    right_subject: jd.Subject
    now: str
    score: float
    explanation: str
    list_entries: int
    findings: int
    shipments: int
    value: float
    judged: jd.Judgement | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    """A question before its sides are looked up."""

    id: str
    party: str
    other: str | tuple[str, str]
    left: jd.Party
    right: jd.Subject
    now: str
    score: float
    explanation: str
    list_entries: int
    findings: int
    shipments: int
    judged: jd.Judgement | None

    @property
    def value(self) -> float:
        chance = max(LEAST_CHANCE, 1 - self.score) if self.now == "match" else self.score
        stake = ENTRY_WEIGHT * self.list_entries + FINDING_WEIGHT * self.findings + self.shipments
        return round(stake * chance, 2)


def questions(case: Case, *, limit: int = 30, unsure: bool = False, kind: str | None = None) -> list[Question]:
    """Undecided pairs, most valuable first.

    Args:
        limit: at most this many, 0 for all. unsure: also those that someone was unsure about, with that judgement.
        kind: only `party-party` or `party-entry`.

    Raises:
        CaseError: the case was not built. InputError: the judgements are damaged.
    """
    decided = {judgement.pair: judgement for judgement in jd.current(case)}
    with case.connect() as connection:
        listed = [
            q for q in _open(connection, decided) if kind in (None, _kind(q.right)) and (unsure or q.judged is None)
        ]
        listed.sort(key=lambda q: (-q.value, q.id))
        return _shown(connection, listed[:limit] if limit > 0 else listed)


def answer(case: Case, question_id: str, decision: str, *, reason: str = "", author: str | None = None) -> jd.Judgement:
    """Judge a question by its identifier; see `judgements.record`.

    Raises:
        UsageError: no open question has that identifier.
    """
    decided = {judgement.pair: judgement for judgement in jd.current(case)}
    with case.connect() as connection:
        found = next((q for q in _open(connection, decided) if q.id == question_id), None)
    if found is None:
        raise UsageError(
            "no such question, or it is decided already", value=question_id,
            remedy="an identifier that `entrepot review CASE` prints; take a judgement back with --undo",
        )  # fmt: skip
    return jd.record(case, found.left, found.right, decision, reason=reason, author=author)


def _open(connection: duckdb.DuckDBPyConnection, decided: Mapping[frozenset[str], jd.Judgement]) -> list[_Open]:
    """Every question without a `same` or `different`."""
    findings, shipments = _at_stake(connection)
    found: list[_Open] = []
    for row in fetched(connection, _PAIRS).to_pylist():
        left = jd.Party(row["left_name"], row["left_identifier"])
        right = jd.Party(row["right_name"], row["right_identifier"])
        judged = decided.get(frozenset((left.key, right.key)))
        if left.key == right.key or (judged is not None and judged.decision != "unsure"):
            continue
        at_stake = findings[row["left_party"]] + findings[row["right_party"]]
        found.append(
            _Open(
                row["pair_id"], row["left_party"], row["right_party"], left, right, "apart", row["score"], row["explanation"],
                row["list_entries"], at_stake, row["rows"], judged,
            )
        )  # fmt: skip
    answered = _answered(connection, decided.values())
    for row in fetched(connection, _MATCHES).to_pylist():
        entry = jd.Entry(row["list_id"], row["entry_id"])
        judged = answered.get((row["party_id"], entry))
        if judged is not None and judged.decision != "unsure":
            continue
        party, mark = row["party_id"], "\0".join((row["party_id"], *(row["list_id"], row["entry_id"])))
        found.append(
            _Open(
                "m-" + hashlib.sha256(mark.encode()).hexdigest()[:12], party, (entry.list_id, entry.entry_id), jd.Party(row["name"], row["identifier"]),
                entry, row["decision"], row["score"], row["explanation"], 1, findings[party], shipments[party], judged,
            )
        )  # fmt: skip
    return found


def _at_stake(connection: duckdb.DuckDBPyConnection) -> tuple[Counter[str], Counter[str]]:
    """Findings about each party that is asked about, by the names that findings use, and its appearances in shipments."""
    rows = connection.execute(_AT_STAKE).fetchall()
    return Counter({row[0]: int(row[1]) for row in rows}), Counter({row[0]: int(row[2]) for row in rows})


def _answered(
    connection: duckdb.DuckDBPyConnection, decided: Iterable[jd.Judgement]
) -> dict[tuple[str, jd.Entry], jd.Judgement]:
    """Judgements about entries, for the parties that bear the judged names."""
    judged = [j for j in decided if isinstance(j.right, jd.Entry)]
    if not judged:
        return {}
    keys = {normal_form(j.left.name) for j in judged if j.left.name}
    numbers = {j.left.identifier for j in judged if j.left.identifier}
    rows = connection.execute(
        "SELECT DISTINCT name_key, identifier, party_id FROM party_members WHERE list_contains(?, name_key) OR list_contains(?, identifier)",
        [sorted(keys), sorted(numbers)],
    ).fetchall()
    found: dict[tuple[str, jd.Entry], jd.Judgement] = {}
    for judgement in judged:
        assert isinstance(judgement.right, jd.Entry)
        key = normal_form(judgement.left.name) if judgement.left.name else None
        for name_key, identifier, party in rows:
            if key in (None, name_key) and judgement.left.identifier in (None, identifier):
                found[party, judgement.right] = judgement
    return found


def _shown(connection: duckdb.DuckDBPyConnection, listed: Sequence[_Open]) -> list[Question]:
    parties = {q.party for q in listed} | {q.other for q in listed if isinstance(q.other, str)}
    members: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in fetched(connection, _SIDES, [sorted(parties)]).to_pylist():
        members[row["party_id"]].append(row)
    wanted = sorted({"\x1f".join(q.other) for q in listed if not isinstance(q.other, str)})
    entries = {(r["list_id"], r["entry_id"]): r for r in fetched(connection, _ENTRIES, [wanted]).to_pylist()}
    return [
        Question(
            q.id, _kind(q.right), _party(q.party, q.left, members[q.party]),
            _party(q.other, q.right, members[q.other]) if isinstance(q.other, str) else _entry(entries[q.other]),
            q.left, q.right, q.now, q.score, q.explanation, q.list_entries, q.findings, q.shipments, q.value, q.judged,
        )
        for q in listed
    ]  # fmt: skip


def _kind(right: jd.Subject) -> str:
    return "party-party" if isinstance(right, jd.Party) else "party-entry"


def _party(party: str, subject: jd.Subject, rows: Sequence[Mapping[str, object]]) -> Side:
    name = subject.name if isinstance(subject, jd.Party) else None
    proof = next((row for row in rows if row["name"] == name), rows[0])
    return Side(
        party, name or str(proof["name"]), _spellings(rows), _distinct(rows, "country"), _distinct(rows, "identifier"),
        sum(int(str(row["rows"])) for row in rows), str(proof["path"]), str(proof["source_id"]), int(str(proof["row_number"])),
    )  # fmt: skip


def _entry(row: Mapping[str, object]) -> Side:
    def texts(column: str) -> tuple[str, ...]:
        values = row[column]
        return tuple(str(value) for value in values)[:_MOST_NAMES] if isinstance(values, list) else ()

    return Side(
        f"{row['list_id']} {row['entry_id']}", str(row["name"]), texts("names"), texts("countries"), texts("identifiers"), 0,
        None if row["path"] is None else str(row["path"]), str(row["source_id"]), int(str(row["row_number"])),
    )  # fmt: skip


def _distinct(rows: Iterable[Mapping[str, object]], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row[column]) for row in rows if row[column]))[:_MOST_NAMES]


def _spellings(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """The most frequent spelling of each name, then all others."""
    listed = list(rows)
    others = [str(name) for row in listed if isinstance(row["spellings"], list) for name in row["spellings"]]
    return tuple(dict.fromkeys([*(str(row["name"]) for row in listed), *others]))[:_MOST_NAMES]
