"""What waits for a person: pairs of parties, and parties and list entries, by how much a judgement would change."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from entrepot.casework import judgements as jd
from entrepot.casework.case import Case
from entrepot.errors import UsageError
from entrepot.parties.normal import normal_form

ENTRY_WEIGHT, FINDING_WEIGHT = 100, 10
"""What a list entry and a finding at stake count, a shipment counting one: a listing changes what every shipment of a party
means, a finding is a line of a report. The order of questions follows from it and nothing else does."""

LEAST_CHANCE = 0.02
"""Even a score of 1 may be wrong: what is left of the question then."""

_MOST_NAMES = 8

UNDECIDED_SQL = f"""
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
),
at_stake AS (
  SELECT m.party_id, coalesce(any_value(about.findings), 0) AS findings, sum(m.rows) AS shipments
  FROM party_members AS m SEMI JOIN wanted USING (party_id) LEFT JOIN about USING (party_id)
  GROUP BY m.party_id
),
numbered AS (
  SELECT m.name_key, m.party_id, CASE WHEN b.parties > 1 THEN max(nullif(m.identifier, '')) END AS identifier
  FROM party_members AS m JOIN (SELECT name_key, count(DISTINCT party_id) AS parties FROM party_members GROUP BY 1) AS b USING (name_key)
  GROUP BY m.name_key, m.party_id, b.parties
),
near AS (
  SELECT
    numbered.party_id AS party_id, arg_max(matches.name, matches.score) AS name, matches.list_id AS list_id,
    matches.entry_id AS entry_id, max(matches.score) AS score, arg_max(matches.decision, matches.score) AS decision,
    arg_max(matches.explanation, matches.score) AS explanation, arg_max(numbered.identifier, matches.score) AS identifier
  FROM matches
  JOIN numbered USING (name_key)
  WHERE matches.decision <> 'no'
  GROUP BY numbered.party_id, matches.list_id, matches.entry_id
),
asked AS (
  SELECT
    p.pair_id AS question_id, 'party-party' AS kind, p.left_party AS party_id, p.right_party AS other_id, NULL AS list_id, NULL AS entry_id,
    p.left_name AS left_name, p.left_identifier AS left_identifier, p.right_name AS right_name, p.right_identifier AS right_identifier,
    'apart' AS now, p.score AS score, p.explanation AS explanation, p.list_entries AS list_entries,
    coalesce(l.findings, 0) + coalesce(r.findings, 0) AS findings, p.rows AS shipments
  FROM party_pairs AS p LEFT JOIN at_stake AS l ON l.party_id = p.left_party LEFT JOIN at_stake AS r ON r.party_id = p.right_party
  UNION ALL
  SELECT
    'm-' || sha256(near.party_id || chr(0) || near.list_id || chr(0) || near.entry_id)[:12], 'party-entry', near.party_id, NULL, near.list_id,
    near.entry_id, near.name, near.identifier, NULL, NULL, near.decision, near.score, near.explanation, 1, coalesce(s.findings, 0),
    coalesce(s.shipments, 0)
  FROM near LEFT JOIN at_stake AS s ON s.party_id = near.party_id
)
SELECT
  asked.* REPLACE (CAST(asked.list_entries AS BIGINT) AS list_entries, CAST(asked.findings AS BIGINT) AS findings, CAST(asked.shipments AS BIGINT) AS shipments),
  CAST(round(
    ({ENTRY_WEIGHT} * asked.list_entries + {FINDING_WEIGHT} * asked.findings + asked.shipments)
    * CASE WHEN asked.now = 'match' THEN greatest({LEAST_CHANCE}, 1 - asked.score) ELSE asked.score END, 2) AS DOUBLE) AS value
FROM asked
"""
"""A row: one question, as if nobody had judged anything; value is what is at stake times the chance that now is wrong."""

SIDES_SQL = """
SELECT
  m.party_id, m.name, m.identifier, m.country, m.name_key, m.rows, s.path, m.row_number, m.source_id, spelled.spellings
FROM party_members AS m
JOIN sources AS s USING (source_id)
LEFT JOIN (
  SELECT k.name_key, coalesce(n.identifier, '') AS identifier, coalesce(n.country, '') AS country, list(DISTINCT n.name ORDER BY n.name) AS spellings
  FROM name_keys AS k JOIN mentions AS n USING (source_id, name)
  GROUP BY ALL
) AS spelled ON spelled.name_key = m.name_key AND spelled.identifier = m.identifier AND spelled.country = m.country
"""
"""A row: one name of a party with one number and country, with a row that gives it and its spellings."""

ENTRIES_SQL = """
SELECT
  p.list_id, p.entry_id, p.name, p.schema, p.program, p.listed, p.delisted,
  (SELECT list(DISTINCT n.name ORDER BY n.name) FROM list_names AS n WHERE n.list_id = p.list_id AND n.entry_id = p.entry_id) AS names,
  (SELECT list(DISTINCT c.country ORDER BY c.country) FROM list_places AS c WHERE c.list_id = p.list_id AND c.entry_id = p.entry_id AND c.country IS NOT NULL) AS countries,
  (SELECT list(DISTINCT i.kind || ':' || i.value ORDER BY i.kind || ':' || i.value) FROM list_identifiers AS i WHERE i.list_id = p.list_id AND i.entry_id = p.entry_id) AS identifiers,
  s.path, p.source_id, p.row_number
FROM list_presence AS p LEFT JOIN sources AS s USING (source_id)
"""
"""A row: one list entry with all that its list says of it."""

Row = dict[str, object]

CHUNK = 200
"""Questions that are looked at together: more are asked for only where so many are judged already."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where questions are read from.

    Attributes:
        rows: runs a statement with its `$parameters`. questions: a table with the rows of `UNDECIDED_SQL`.
        sides, entries: what gives the rows of `SIDES_SQL` and `ENTRIES_SQL`: tables, or the statements in brackets.
    """

    rows: Callable[[str, Mapping[str, object]], list[Row]]
    questions: str
    sides: str = f"({SIDES_SQL})"
    entries: str = f"({ENTRIES_SQL})"


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


def questions(
    case: Case,
    *,
    limit: int = 30,
    unsure: bool = False,
    kind: str | None = None,
    party: str | None = None,
    asked: Asked | None = None,
) -> list[Question]:
    """Undecided pairs, most valuable first.

    Args:
        limit: at most this many, 0 for all. unsure: also those that someone was unsure about, with that judgement.
        kind: only `party-party` or `party-entry`. party: only those about one party. asked: where to read them from.

    Raises:
        CaseError: the case was not built. InputError: the judgements are damaged.
    """
    with _source(case, asked) as source:
        found: list[tuple[Row, jd.Judgement | None]] = []
        for row, judged in _open(case, source, kind=kind, party=party):
            if unsure or judged is None:
                found.append((row, judged))
                if len(found) == limit:
                    break
        return _shown(source, found)


def question(case: Case, question_id: str, *, asked: Asked | None = None) -> Question:
    """One open question.

    Raises:
        UsageError: no open question has that identifier.
    """
    with _source(case, asked) as source:
        found = list(_open(case, source, question=question_id))
        if not found:
            raise UsageError(
                "no such question, or it is decided already", value=question_id,
                remedy="an identifier that `entrepot review CASE` prints; take a judgement back with --undo",
            )  # fmt: skip
        return _shown(source, found)[0]


def answer(
    case: Case,
    question_id: str,
    decision: str,
    *,
    reason: str = "",
    author: str | None = None,
    asked: Asked | None = None,
) -> jd.Judgement:
    """Judge a question by its identifier; see `judgements.record`.

    Raises:
        UsageError: no open question has that identifier.
    """
    found = question(case, question_id, asked=asked)
    return jd.record(case, found.left_subject, found.right_subject, decision, reason=reason, author=author)


@contextmanager
def _source(case: Case, asked: Asked | None) -> Iterator[Asked]:
    """The given source, or the tables of the case."""
    if asked is not None:
        yield asked
        return
    with case.connect() as connection:

        def rows(sql: str, parameters: Mapping[str, object]) -> list[Row]:
            listed: list[Row] = connection.sql(sql, params=dict(parameters) or None).to_arrow_table().to_pylist()
            return listed

        connection.execute(f"CREATE TEMP TABLE asked_questions AS {UNDECIDED_SQL}")
        yield Asked(rows, questions="asked_questions")


def _open(
    case: Case, source: Asked, *, kind: str | None = None, party: str | None = None, question: str | None = None
) -> Iterator[tuple[Row, jd.Judgement | None]]:
    """Every question without a `same` or `different`, most valuable first, with a judgement `unsure` where there is one."""
    decided = {judgement.pair: judgement for judgement in jd.current(case)}
    answered = _answered(source, decided.values())
    given = {"kind": kind, "party": party, "question": question}
    wanted = [(name, clause) for name, clause in _NARROWED.items() if given[name] is not None]
    where = f"WHERE {' AND '.join(clause for _, clause in wanted)}" if wanted else ""
    for start in itertools.count(0, CHUNK):
        rows = source.rows(
            f"SELECT q.* FROM {source.questions} AS q {where} ORDER BY q.value DESC, q.question_id LIMIT {CHUNK} OFFSET {start}",
            {name: given[name] for name, _ in wanted},
        )
        for row in rows:
            left, right = _subjects(row)
            if isinstance(right, jd.Entry):
                judged = answered.get((str(row["party_id"]), right))
            else:
                judged = decided.get(frozenset((left.key, right.key)))
            if left.key != right.key and (judged is None or judged.decision == "unsure"):
                yield row, judged
        if len(rows) < CHUNK:
            return


_NARROWED = {"kind": "q.kind = $kind", "party": "(q.party_id = $party OR q.other_id = $party)", "question": "q.question_id = $question"}  # fmt: skip


def _subjects(row: Row) -> tuple[jd.Party, jd.Subject]:
    left = jd.Party(_optional(row["left_name"]), _optional(row["left_identifier"]))
    if row["kind"] == "party-entry":
        return left, jd.Entry(str(row["list_id"]), str(row["entry_id"]))
    return left, jd.Party(_optional(row["right_name"]), _optional(row["right_identifier"]))


def _answered(source: Asked, decided: Iterable[jd.Judgement]) -> dict[tuple[str, jd.Entry], jd.Judgement]:
    """Judgements about entries, for the parties that bear the judged names."""
    judged = [j for j in decided if isinstance(j.right, jd.Entry)]
    if not judged:
        return {}
    keys = {normal_form(j.left.name) for j in judged if j.left.name}
    numbers = {j.left.identifier for j in judged if j.left.identifier}
    rows = source.rows(
        "SELECT DISTINCT name_key, identifier, party_id FROM party_members WHERE list_contains($keys, name_key) OR list_contains($numbers, identifier)",
        {"keys": sorted(key for key in keys if key), "numbers": sorted(numbers)},
    )
    found: dict[tuple[str, jd.Entry], jd.Judgement] = {}
    for judgement in judged:
        assert isinstance(judgement.right, jd.Entry)
        key = normal_form(judgement.left.name) if judgement.left.name else None
        for row in rows:
            if key in (None, row["name_key"]) and judgement.left.identifier in (None, row["identifier"]):
                found[str(row["party_id"]), judgement.right] = judgement
    return found


def _shown(source: Asked, listed: Sequence[tuple[Row, jd.Judgement | None]]) -> list[Question]:
    parties = {str(row[side]) for row, _ in listed for side in ("party_id", "other_id") if row[side]}
    members: dict[str, list[Row]] = defaultdict(list)
    sides = f"SELECT s.* FROM {source.sides} AS s WHERE s.party_id IN (SELECT unnest($ids)) ORDER BY s.party_id, s.rows DESC, s.name, s.identifier, s.country"  # fmt: skip
    for row in source.rows(sides, {"ids": sorted(parties)}) if parties else []:
        members[str(row["party_id"])].append(row)
    wanted = sorted({f"{row['list_id']}\x1f{row['entry_id']}" for row, _ in listed if row["kind"] == "party-entry"})
    known = source.rows(f"SELECT e.* FROM {source.entries} AS e WHERE list_contains($ids, e.list_id || chr(31) || e.entry_id)", {"ids": wanted}) if wanted else []  # fmt: skip
    entries = {(row["list_id"], row["entry_id"]): row for row in known}
    found = []
    for row, judged in listed:
        left, right = _subjects(row)
        party = str(row["party_id"])
        found.append(
            Question(
                str(row["question_id"]), str(row["kind"]), _party(party, left, members[party]),
                _entry(entries[row["list_id"], row["entry_id"]]) if isinstance(right, jd.Entry) else _party(str(row["other_id"]), right, members[str(row["other_id"])]),
                left, right, str(row["now"]), _real(row["score"]), str(row["explanation"]), _whole(row["list_entries"]),
                _whole(row["findings"]), _whole(row["shipments"]), _real(row["value"]), judged,
            )
        )  # fmt: skip
    return found


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: object) -> int:
    return int(str(value))


def _real(value: object) -> float:
    return float(str(value))


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
