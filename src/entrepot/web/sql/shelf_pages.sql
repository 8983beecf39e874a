-- What the other pages show, counted and joined once a build.

-- name: goods_receivers
-- A row: one receiver of goods of one code.
CREATE TABLE goods_receivers AS
SELECT
  moves.hs6 AS hs6,
  moves.consignee_id AS consignee_id,
  MIN(moves.consignee) AS consignee,
  MIN(moves.destination_country) AS destination_country,
  COUNT(*) AS shipments,
  SUM(moves.net_kg) AS net_kg,
  SUM(moves.value_usd) AS value_usd,
  MIN(moves.date) AS first_date,
  MAX(moves.date) AS last_date
FROM goods_moves AS moves
WHERE moves.hs6 IS NOT NULL AND moves.consignee_id IS NOT NULL
GROUP BY moves.hs6, moves.consignee_id
ORDER BY hs6, shipments DESC, consignee_id

-- name: goods_outliers
-- A row: one unit value of goods of one code that stands out of its group.
CREATE TABLE goods_outliers AS
SELECT
  moves.hs6 AS hs6,
  outliers.shipment_id AS shipment_id,
  outliers.measure AS measure,
  outliers.unit_value AS unit_value,
  outliers.rule AS rule,
  outliers.side AS side,
  outliers.likely_error AS likely_error,
  outliers.n AS n,
  outliers.median AS median,
  moves.source_id AS source_id,
  moves.row_number AS row_number,
  moves.consignee AS consignee,
  moves.consignee_id AS consignee_id,
  moves.date AS date
FROM price_outliers AS outliers
INNER JOIN goods_moves AS moves
  ON outliers.shipment_id = CONCAT(moves.source_id, ':', moves.row_number)
WHERE moves.hs6 IS NOT NULL
ORDER BY hs6, unit_value DESC

-- name: goods_prices
-- A row: one code with the distribution of its values a kilogram, in forty bins of equal width on the logarithm.
CREATE TABLE goods_prices AS
WITH priced AS (
  SELECT moves.hs6 AS hs6, moves.value_usd / moves.net_kg AS unit_value, LN(moves.value_usd / moves.net_kg) AS log_value
  FROM goods_moves AS moves
  WHERE moves.hs6 IS NOT NULL AND moves.net_kg > 0 AND moves.value_usd > 0
),
spread AS (
  SELECT
    priced.hs6 AS hs6,
    COUNT(*) AS n,
    MIN(priced.log_value) AS low,
    COALESCE(NULLIF((MAX(priced.log_value) - MIN(priced.log_value)) / 40, 0), 0.05) AS step,
    QUANTILE_CONT(priced.unit_value, [0.25, 0.5, 0.75]) AS quartiles
  FROM priced
  GROUP BY priced.hs6
),
bins AS (
  SELECT
    priced.hs6 AS hs6,
    LEAST(39, CAST(FLOOR((priced.log_value - spread.low) / spread.step) AS INTEGER)) AS bin,
    COUNT(*) AS n
  FROM priced
  INNER JOIN spread
    ON spread.hs6 = priced.hs6
  GROUP BY ALL
)
SELECT
  spread.hs6 AS hs6,
  spread.n AS n,
  spread.quartiles AS quartiles,
  LIST({'low': EXP(spread.low + bins.bin * spread.step), 'high': EXP(spread.low + (bins.bin + 1) * spread.step), 'n': bins.n} ORDER BY bins.bin) AS bins
FROM spread
INNER JOIN bins
  ON bins.hs6 = spread.hs6
GROUP BY spread.hs6, spread.n, spread.quartiles
ORDER BY hs6

-- name: code_pages
-- A row: one code of the nomenclature or as declared, with everything that its page shows beside its tables.
CREATE TABLE code_pages AS
WITH codes AS (
  SELECT hs_codes.hs_code AS hs6 FROM hs_codes WHERE LENGTH(hs_codes.hs_code) BETWEEN 2 AND 6
  UNION
  SELECT goods_heads.hs6 FROM goods_heads
),
newest AS (
  SELECT hs_codes.hs_code AS hs_code, ARG_MAX(hs_codes.description, hs_codes.hs_edition) AS description FROM hs_codes GROUP BY hs_codes.hs_code
)
SELECT
  codes.hs6 AS hs6,
  own.description AS description,
  heading.description AS heading,
  heads.shipments AS shipments,
  heads.consignees AS consignees,
  heads.net_kg AS net_kg,
  heads.value_usd AS value_usd,
  heads.first_date AS first_date,
  heads.last_date AS last_date,
  heads.tier AS tier,
  COALESCE(texts.n, 0) AS texts_rows,
  COALESCE(receivers.n, 0) AS receivers_rows,
  COALESCE(groups.n, 0) AS prices_rows,
  COALESCE(outliers.n, 0) AS outliers_rows,
  found.sources AS sources,
  controls.controls AS controls,
  revisions.revisions AS revisions
FROM codes
LEFT JOIN newest AS own
  ON own.hs_code = codes.hs6
LEFT JOIN newest AS heading
  ON heading.hs_code = SUBSTR(codes.hs6, 1, 4)
LEFT JOIN goods_heads AS heads
  ON heads.hs6 = codes.hs6
LEFT JOIN (SELECT hs6, COUNT(*) AS n FROM goods_texts GROUP BY hs6) AS texts
  ON texts.hs6 = codes.hs6
LEFT JOIN (SELECT hs6, COUNT(*) AS n FROM goods_receivers GROUP BY hs6) AS receivers
  ON receivers.hs6 = codes.hs6
LEFT JOIN (SELECT hs6, COUNT(*) AS n FROM price_groups GROUP BY hs6) AS groups
  ON groups.hs6 = codes.hs6
LEFT JOIN (SELECT hs6, COUNT(*) AS n FROM goods_outliers GROUP BY hs6) AS outliers
  ON outliers.hs6 = codes.hs6
LEFT JOIN (SELECT moves.hs6 AS hs6, LIST(DISTINCT moves.source_id ORDER BY moves.source_id) AS sources FROM goods_moves AS moves GROUP BY moves.hs6) AS found
  ON found.hs6 = codes.hs6
LEFT JOIN (
  SELECT
    k.hs6 AS hs6,
    LIST({
      'control_list': c.control_list, 'tier': c.tier, 'value': c.value, 'listed_edition': c.hs_edition, 'description': c.description,
      'valid_from': c.valid_from, 'hs_edition': k.hs_edition, 'exact': k.exact, 'relation': k.relation, 'note': k.note
    } ORDER BY c.control_list, c.tier, k.hs_edition, c.value) AS controls
  FROM hs_control_codes AS k
  INNER JOIN controls AS c
    ON c.control_id = k.control_id
  GROUP BY k.hs6
) AS controls
  ON controls.hs6 = codes.hs6
LEFT JOIN (
  SELECT
    r.hs6 AS hs6,
    LIST({
      'from_edition': r.from_edition, 'from_code': r.from_code, 'to_edition': r.to_edition, 'to_code': r.to_code, 'relation': r.relation
    } ORDER BY r.from_edition, r.to_edition, r.from_code, r.to_code)[1:60] AS revisions
  FROM (
    SELECT *, from_code AS hs6 FROM hs_concordance WHERE from_code <> to_code
    UNION ALL
    SELECT *, to_code FROM hs_concordance WHERE from_code <> to_code
  ) AS r
  GROUP BY r.hs6
) AS revisions
  ON revisions.hs6 = codes.hs6
ORDER BY hs6

-- name: finding_heads
-- A row: one finding with its indicator's title, the parties that it is about, its sources, and how many rows it rests on.
CREATE TABLE finding_heads AS
SELECT
  f.*,
  i.title AS title,
  f.fires_on / f.compared AS base_rate,
  about.parties[1].party_id AS party_id,
  about.parties AS parties,
  proof.sources AS sources,
  COALESCE(proof.n, 0) AS evidence_rows
FROM findings AS f
INNER JOIN indicators AS i
  ON i.indicator = f.indicator
LEFT JOIN (
  SELECT
    own.finding_id AS finding_id,
    LIST({'party_id': heads.party_id, 'name': heads.name} ORDER BY heads."rows" DESC, heads.party_id)[1:3] AS parties
  FROM party_findings AS own
  INNER JOIN party_heads AS heads
    ON heads.party_id = own.party_id
  GROUP BY own.finding_id
) AS about
  ON about.finding_id = f.finding_id
LEFT JOIN (
  SELECT finding_id, COUNT(*) AS n, LIST(DISTINCT source_id ORDER BY source_id) AS sources FROM finding_rows GROUP BY finding_id
) AS proof
  ON proof.finding_id = f.finding_id
ORDER BY f.finding_id

-- name: finding_subjects
-- A row: one finding, sorted by what it is about.
CREATE TABLE finding_subjects AS
SELECT heads.subject AS subject, heads.finding_id AS finding_id, heads.title AS title, heads.statement AS statement, heads.strength AS strength
FROM finding_heads AS heads
ORDER BY subject, strength DESC, finding_id

-- name: chain_pages
-- A row: one chain with the parties of its legs and the sources of its rows.
CREATE TABLE chain_pages AS
SELECT chains.chain_id AS chain_id, rows_of.n AS "rows", rows_of.sources AS sources, about.parties AS parties
FROM chains
LEFT JOIN (
  SELECT chain_id, COUNT(*) AS n, LIST(DISTINCT source_id ORDER BY source_id) AS sources FROM chain_rows GROUP BY chain_id
) AS rows_of
  ON rows_of.chain_id = chains.chain_id
LEFT JOIN (
  SELECT own.chain_id AS chain_id, LIST({'party_id': own.party_id, 'name': own.name} ORDER BY own.name, own.party_id)[1:12] AS parties
  FROM (
    SELECT DISTINCT chain_legs.chain_id AS chain_id, heads.party_id AS party_id, heads.name AS name
    FROM chain_legs
    INNER JOIN (
      SELECT legs.leg_id AS leg_id, legs.shipper AS name FROM legs
      UNION
      SELECT legs.leg_id, legs.consignee FROM legs
    ) AS ends
      ON ends.leg_id = chain_legs.leg_id
    INNER JOIN names
      ON names.name = ends.name
    INNER JOIN party_heads AS heads
      ON heads.party_id = names.party_id
  ) AS own
  GROUP BY own.chain_id
) AS about
  ON about.chain_id = chains.chain_id
ORDER BY chain_id

-- name: entry_heads
-- A row: one entry of one list, with how many names of the records are near it.
CREATE TABLE entry_heads AS
SELECT p.*, COALESCE(m.names, 0) AS matches, sources.synthetic AS synthetic
FROM list_presence AS p
LEFT JOIN (
  SELECT matches.list_id AS list_id, matches.entry_id AS entry_id, COUNT(DISTINCT matches.name) AS names
  FROM matches
  WHERE matches.decision <> 'no'
  GROUP BY matches.list_id, matches.entry_id
) AS m
  ON m.list_id = p.list_id
  AND m.entry_id = p.entry_id
LEFT JOIN sources
  ON sources.source_id = p.source_id
ORDER BY p.entry_id, p.list_id

-- name: entry_matches
-- A row: one name of the records near one entry of one list.
CREATE TABLE entry_matches AS
SELECT
  m.list_id AS list_id, m.entry_id AS entry_id, m.name AS name, m.matched_name AS matched_name, m.score AS score, m.decision AS decision,
  m.explanation AS explanation, own.party_id AS party_id, own."rows" AS "rows", own.first_date AS first_date, own.last_date AS last_date
FROM matches AS m
LEFT JOIN (
  SELECT
    names.name AS name, MIN(names.party_id) AS party_id, CAST(SUM(names."rows") AS BIGINT) AS "rows", MIN(names.first_date) AS first_date,
    MAX(names.last_date) AS last_date
  FROM names
  GROUP BY names.name
) AS own
  ON own.name = m.name
ORDER BY m.entry_id, m.list_id, m.score DESC

-- name: report_heads
-- A row: one report with its claims, roots and checks counted.
CREATE TABLE report_heads AS
SELECT
  d.document_id, COALESCE(d.title, d.name) AS title, d.name, d.outlet, d.author, d.published, d.language, d.characters,
  COALESCE(c.claims, 0) AS claims, COALESCE(c.roots, 0) AS roots, COALESCE(k.checks, 0) AS checks, sources.synthetic
FROM documents AS d
LEFT JOIN (
  SELECT claims.document_id, COUNT(*) AS claims, COUNT(DISTINCT claims.root_id) AS roots FROM claims GROUP BY claims.document_id
) AS c
  ON c.document_id = d.document_id
LEFT JOIN (SELECT checks.document_id, COUNT(*) AS checks FROM checks GROUP BY checks.document_id) AS k
  ON k.document_id = d.document_id
LEFT JOIN sources
  ON sources.source_id = d.document_id
ORDER BY d.document_id

-- name: claim_heads
-- A row: one claim with its report and its root.
CREATE TABLE claim_heads AS
SELECT
  c.claim_id, c.document_id, d.name AS document, c.quote, c.stance, c.hedged, c.negated, c.own_voice, c.goods, c.places,
  c.period_text, c.root_id, r.label AS root, sources.synthetic
FROM claims AS c
INNER JOIN documents AS d
  ON d.document_id = c.document_id
LEFT JOIN (SELECT roots.root_id, MIN(roots.label) AS label FROM roots GROUP BY roots.root_id) AS r
  ON r.root_id = c.root_id
LEFT JOIN sources
  ON sources.source_id = c.document_id
ORDER BY c.document_id, c.claim_id

-- name: check_heads
-- A row: one check with the claim that it tests.
CREATE TABLE check_heads AS
SELECT
  k.check_id, k.claim_id, k.document_id, d.name AS document, c.quote, k.kind, k.verdict, k.reading, k.why, k.claimed, k.found_text,
  k."rows", k.near_miss, k.needed, COALESCE(k.synthetic, sources.synthetic) AS synthetic
FROM checks AS k
INNER JOIN claims AS c
  ON c.claim_id = k.claim_id
INNER JOIN documents AS d
  ON d.document_id = k.document_id
LEFT JOIN sources
  ON sources.source_id = k.document_id
ORDER BY k.check_id

-- name: source_heads
-- A row: one source part with the period of its shipments and the values that could not be read.
CREATE TABLE source_heads AS
SELECT
  sources.*, CAST(COALESCE(p.problems, 0) AS BIGINT) AS problems, spans.first_date AS first_date, spans.last_date AS last_date
FROM sources
LEFT JOIN (
  SELECT reading_problems.source_id AS source_id, SUM(reading_problems.occurrences) AS problems FROM reading_problems GROUP BY reading_problems.source_id
) AS p
  ON p.source_id = sources.source_id
LEFT JOIN spans
  ON spans.source_id = sources.source_id
ORDER BY sources.source_id
