"""Sections that every dossier has: what it is and is not, its limits, the subject's reply, dates of lists, sources."""

from __future__ import annotations

from entrepot.dossier.document import Block, Grid, Section, Sentence
from entrepot.dossier.plain import clean, counted, days, figure
from entrepot.dossier.scope import Scope, cell, file_name, optional

BLANK = "[to be filled in before publication]"
"""What stands where a person has to write; a dossier with such a field says that it is not ready."""

PROBLEMS_SHOWN = 20

_REPLY = (
    "Asked for comment on (date, by which way)",
    "Answered on (date), in these words",
    "Who answered, in which function",
    "What the answer changes in this document",
)


def about(scope: Scope, synthetic: str | None, state: str, program: str) -> Section:
    """What a reader must know before anything else."""
    blocks: list[Block] = []
    if synthetic:
        blocks.append(Sentence(f"SYNTHETIC: rows that this document rests on are generated and not real, and so are companies in them. {clean(synthetic)}", tone="warn"))  # fmt: skip
    blocks += [
        Sentence(
            f"This document shows what the files of the case “{clean(scope.case.config.case.name, 120)}” say about {scope.subject.label}, with the rows that prove it. "
            f"It was made by entrepot {program} from the state {state} of the case."
        ),
        Sentence("It states indicators, not verdicts: which published rule fired, on which rows, against which comparison, and which innocent explanations there are."),
        Sentence("Numbers in brackets are footnotes: each leads to a row of a source file, listed at the end with the file's SHA-256."),
        Sentence("Not ready for publication: the fields under “What the subject said” are empty.", tone="warn"),
    ]  # fmt: skip
    return Section("about", "What this is, and what it is not", tuple(blocks))


def limits(scope: Scope) -> Section:
    """What the data cannot show: periods, rejected rows, values that are missing or could not be read."""
    blocks: list[Block] = []
    counts = scope.rows(
        "SELECT count(*) AS n, count(*) FILTER (WHERE date IS NULL) AS undated, count(*) FILTER (WHERE net_kg IS NULL) AS no_kg, count(*) FILTER (WHERE value_usd IS NULL) AS no_usd, "
        "count(*) FILTER (WHERE hs6 IS NULL) AS no_code, count(*) FILTER (WHERE shipper_name IS NULL) AS no_shipper, count(*) FILTER (WHERE consignee_name IS NULL) AS no_consignee, "
        "count(*) FILTER (WHERE dispatch_country IS NULL) AS no_from, count(*) FILTER (WHERE destination_country IS NULL) AS no_to FROM moves"
    )[0]
    total = int(str(counts["n"]))
    if total:
        said = {"undated": "date", "no_kg": "weight", "no_usd": "value in dollars", "no_code": "six-digit code", "no_shipper": "shipper", "no_consignee": "consignee", "no_from": "country of dispatch", "no_to": "country of destination"}  # fmt: skip
        missing = [f"{counts[key]} no {name}" for key, name in said.items() if counts[key]]
        blocks.append(Sentence(f"Of {counted(total, 'shipment')} of the subject, {', '.join(missing)}." if missing else f"All {counted(total, 'shipment')} of the subject state date, weight, value, code, parties and countries."))  # fmt: skip
    periods = scope.rows(
        "SELECT s.path, s.part, s.rows_in, s.rows_kept, s.rows_rejected, p.first, p.last FROM sources AS s "
        "INNER JOIN (SELECT source_id, min(date) AS first, max(date) AS last FROM trade GROUP BY source_id) AS p USING (source_id) ORDER BY s.path, s.source_id"
    )
    blocks += [
        Sentence(
            f"{_file(r['path'])}: {figure(int(str(r['rows_in'])))} rows in = {figure(int(str(r['rows_kept'])))} kept + {figure(int(str(r['rows_rejected'])))} rejected, "
            f"shipments from {days(r['first'], r['last'])}. What lies outside this period or was rejected is not in this document."
        )
        for r in periods
    ]
    problems = scope.rows(
        "SELECT s.path, r.column_name, r.problem, sum(r.occurrences)::BIGINT AS n FROM reading_problems AS r INNER JOIN sources AS s USING (source_id) "
        "WHERE r.source_id IN (SELECT DISTINCT source_id FROM moves) GROUP BY ALL ORDER BY n DESC, 1, 2, 3"
    )
    if problems:
        blocks.append(
            Grid(
                ("file", "column", "what could not be read", "times"),
                tuple((_file(r["path"]), clean(r["column_name"], 80), str(r["problem"]).replace("_", " "), cell(r["n"])) for r in problems[:PROBLEMS_SHOWN]),
                (), "Such values are unknown in this document, never zero.", max(0, len(problems) - PROBLEMS_SHOWN),
            )
        )  # fmt: skip
    blocks.append(Sentence("Customs records do not show who used the goods in the end, goods that were never declared, or trade of countries whose records are not in this case."))  # fmt: skip
    return Section("limits", "What was not tested, and what the data cannot show", tuple(blocks))


def reply() -> Section:
    """Fields that a person fills before publication."""
    blocks = tuple(Sentence(f"{field}: {BLANK}", tone="blank") for field in _REPLY)
    return Section("reply", "What the subject said", blocks)


def list_dates(scope: Scope) -> Section:
    """Every version of every list, and every list of controls, with its date."""
    found = scope.rows(
        "SELECT e.list_id, e.list_date, count(*) AS n, min(s.path) AS path, min(s.sha256) AS sha256, min(s.retrieved) AS retrieved, min(s.synthetic) AS synthetic "
        "FROM list_entries AS e INNER JOIN sources AS s USING (source_id) GROUP BY e.list_id, e.list_date, e.source_id ORDER BY 1, 2, e.source_id"
    )
    controls = scope.rows("SELECT control_list, count(*) AS n, min(source_id) AS source FROM controls GROUP BY ALL ORDER BY 1")  # fmt: skip
    blocks: list[Block] = [
        Grid(
            ("list", "date of this version", "entries", "file", "retrieved", "synthetic"),
            tuple((cell(r["list_id"]), cell(r["list_date"]) or "not stated", cell(r["n"]), _file(r["path"]), cell(r["retrieved"]), "SYNTHETIC" if r["synthetic"] else None) for r in found),
            (), "Parties were compared with these versions only.",
        ),
        Grid(("control list", "controls", "source"), tuple((cell(r["control_list"]), cell(r["n"]), cell(r["source"])) for r in controls), (), "Goods were compared with these."),
    ]  # fmt: skip
    return Section("list-dates", "Dates of all lists", tuple(blocks))


def sources(scope: Scope) -> Section:
    """Every file of the case with its hash and terms."""
    found = scope.rows("SELECT * FROM sources ORDER BY kind, path, source_id")
    table = Grid(
        ("file", "kind", "publisher", "licence", "retrieved", "rows", "SHA-256"),
        tuple(
            (_file(r["path"]) + (f" [{clean(r['part'], 60)}]" if r["part"] else "") + (" SYNTHETIC" if r["synthetic"] else ""), cell(r["kind"]), cell(r["publisher"]), cell(r["licence"]), cell(r["retrieved"]), cell(r["rows_in"]), cell(r["sha256"]))
            for r in found
        ),
        (),
        "A file is known by its SHA-256: who has the file can check it.",
    )  # fmt: skip
    return Section("sources", "Sources", (table,))


def synthetic_of(scope: Scope) -> str | None:
    """Why rows behind the subject are not real, where some are not: its shipments', its findings' and its lists'."""
    if scope.subject.kind == "claim":
        found = scope.rows(
            "SELECT DISTINCT s.synthetic AS why FROM claims AS c INNER JOIN sources AS s ON s.source_id = c.document_id WHERE c.claim_id = $key AND s.synthetic IS NOT NULL "
            "UNION SELECT DISTINCT k.synthetic FROM checks AS k WHERE k.claim_id = $key AND k.synthetic IS NOT NULL",
            {"key": scope.subject.key},
        )  # fmt: skip
    else:
        found = scope.rows("SELECT DISTINCT s.synthetic AS why FROM moves INNER JOIN sources AS s USING (source_id) WHERE s.synthetic IS NOT NULL ORDER BY 1")  # fmt: skip
    return "; ".join(sorted(clean(optional(r["why"])) for r in found)) or None


def _file(path: object) -> str:
    return clean(file_name(path), 120)
