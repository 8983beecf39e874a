-- id: unit_value_outlier
-- title: Unit value far outside its comparison group
-- subject: party
-- meaning: Single shipments of the party are worth several times more, or several times less, per kilogram and per piece than others of the same subheading, origin and twelve months. Records that an error of a thousand or a million explains are left out; other slips of the pen, such as cents for dollars, look like this too. Where a party pays too much again and again, `price_outlier` says so as well.
-- source: Pak and Zdanowicz, US Trade with the World, 2002 (quartiles of unit values); Financial Action Task Force and Egmont Group, Trade-Based Money Laundering, December 2020 (over- and under-invoicing); Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993 (robust z).
-- statement: {rows:int} shipments of {hs6} to {subject} from {date_from} to {date_to} are worth {ratio:ratio} times the median of their group, {side} it ({measure}: {unit_value:num} against quartiles {quartile_1:num} and {quartile_3:num}, n = {n:int}; robust z {robust_z:ratio})
-- innocent: A figure in another currency or with a shifted point; one subheading holds cheap and dear models; used, broken or sample goods are cheap; urgent, small or screened lots are dear; the value may include services.
-- reads: trade, price_outliers, unit_values, price_groups, sources, parties, party_members, code_doubts
-- include: same_party, grouped
-- parameter.least_z: 3.5 | least robust z of the logarithm (Iglewicz and Hoaglin)
-- parameter.least_ratio: 5.0 | least ratio to the nearer quartile: above what goods of different kinds under one subheading differ by; more than in `price_outlier`, since one record proves less than several
-- parameter.least_rows: 1 | least number of such shipments of the party under one subheading
-- common
judged AS (
  SELECT
    price_outliers.shipment_id AS shipment_id,
    MAX(CASE WHEN price_outliers.measure = 'value_per_kg' THEN 1 ELSE 0 END) AS per_kg,
    MAX(CASE WHEN price_outliers.measure = 'value_per_unit' THEN 1 ELSE 0 END) AS per_unit,
    MIN(price_outliers.side) AS side,
    MAX(price_outliers.side) AS other_side,
    MIN(price_outliers.measure) AS measure
  FROM price_outliers
  WHERE price_outliers.measure <> 'kg_per_unit'
    AND ABS(price_outliers.robust_z) >= $least_z
    AND (
      price_outliers.unit_value >= $least_ratio * price_outliers.quartile_3
      OR price_outliers.unit_value * $least_ratio <= price_outliers.quartile_1
    )
  GROUP BY
    price_outliers.shipment_id
),
explained AS (
  SELECT DISTINCT
    price_outliers.shipment_id AS shipment_id
  FROM price_outliers
  WHERE price_outliers.likely_error
    OR (price_outliers.measure = 'kg_per_unit' AND ABS(price_outliers.robust_z) >= $least_z)
),
far AS (
  SELECT
    judged.shipment_id AS shipment_id,
    judged.side AS side,
    judged.measure AS measure,
    price_outliers.unit_value AS unit_value,
    price_outliers.unit_value / price_outliers.median AS ratio,
    price_outliers.quartile_1 AS quartile_1,
    price_outliers.median AS median,
    price_outliers.quartile_3 AS quartile_3,
    price_outliers.robust_z AS robust_z,
    price_outliers.n AS n
  FROM judged
  INNER JOIN grouped
    ON grouped.shipment_id = judged.shipment_id
    AND grouped.per_kg = judged.per_kg
    AND grouped.per_unit = judged.per_unit
  INNER JOIN price_outliers
    ON price_outliers.shipment_id = judged.shipment_id
    AND price_outliers.measure = judged.measure
  LEFT JOIN explained
    ON explained.shipment_id = judged.shipment_id
  WHERE judged.side = judged.other_side
    AND explained.shipment_id IS NULL
),
lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    trade.hs6 AS hs6,
    trade.consignee_name AS name,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    far.side AS side,
    far.measure AS measure,
    far.unit_value AS unit_value,
    far.ratio AS ratio,
    far.quartile_1 AS quartile_1,
    far.median AS median,
    far.quartile_3 AS quartile_3,
    far.robust_z AS robust_z,
    far.n AS n
  FROM trade
  INNER JOIN far
    ON far.shipment_id = trade.source_id || ':' || CAST(trade.row_number AS VARCHAR)
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.consignee_key IS NOT NULL
    AND code_doubts.row_number IS NULL
)
-- query
-- A row: one consignee, one subheading and one side of the group.
WITH per_party AS (
  SELECT
    lines.party AS party,
    lines.hs6 AS hs6,
    lines.side AS side,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.measure) AS measure,
    CAST(SUM(CAST(LN(lines.ratio) AS DECIMAL(18, 6))) AS DOUBLE) / COUNT(*) AS log_ratio,
    MIN(lines.unit_value) AS unit_value,
    MIN(lines.quartile_1) AS quartile_1,
    MIN(lines.quartile_3) AS quartile_3,
    MIN(lines.robust_z) AS robust_z,
    MIN(lines.n) AS n,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  GROUP BY
    lines.party,
    lines.hs6,
    lines.side
),
everyone AS (
  SELECT
    COUNT(DISTINCT COALESCE(same_party.party, trade.consignee_key) || '|' || trade.hs6) AS parties
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
)
SELECT
  per_party.party || '|' || per_party.hs6 || '|' || per_party.side AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.side AS side,
  CASE WHEN per_party.measure = 'value_per_unit' THEN 'value per unit' ELSE 'value per kilogram' END AS measure,
  ROUND(EXP(per_party.log_ratio), 4) AS ratio,
  per_party.unit_value AS unit_value,
  per_party.quartile_1 AS quartile_1,
  per_party.quartile_3 AS quartile_3,
  per_party.robust_z AS robust_z,
  per_party.n AS n,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  ROUND(
    0.3 * LEAST(1.0, ABS(per_party.log_ratio) / LN(20.0))
    + 0.2 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(20.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one shipment with its unit value and the group that it is compared with.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  CASE WHEN lines.measure = 'value_per_unit' THEN 'value per unit ' ELSE 'value per kilogram ' END || CAST(ROUND(lines.unit_value, 2) AS VARCHAR) || ', median of its group ' || CAST(ROUND(lines.median, 2) AS VARCHAR) || ' (n = ' || CAST(lines.n AS VARCHAR) || ')' AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.hs6 = found.hs6
  AND lines.side = found.side
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.source_id ASC,
  lines.row_number ASC
