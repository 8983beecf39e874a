-- name: listing
SELECT heads.hs6, heads.description, heads.tier, heads.shipments, heads.consignees, heads.net_kg, heads.value_usd, heads.first_date, heads.last_date
FROM goods_heads AS heads

-- name: head
SELECT
  $hs6 AS hs6,
  (SELECT ARG_MAX(codes.description, codes.hs_edition) FROM hs_codes AS codes WHERE codes.hs_code = $hs6) AS description,
  (SELECT ARG_MAX(codes.description, codes.hs_edition) FROM hs_codes AS codes WHERE codes.hs_code = SUBSTR($hs6, 1, 4)) AS heading,
  heads.shipments, heads.consignees, heads.net_kg, heads.value_usd, heads.first_date, heads.last_date, heads.tier
FROM (SELECT 1) AS one
LEFT JOIN goods_heads AS heads
  ON heads.hs6 = $hs6

-- name: controls
SELECT c.control_list, c.tier, c.value, c.hs_edition AS listed_edition, c.description, c.valid_from, k.hs_edition, k.exact, k.relation, k.note
FROM hs_control_codes AS k
INNER JOIN controls AS c
  ON c.control_id = k.control_id
WHERE k.hs6 = $hs6
ORDER BY c.control_list, c.tier, k.hs_edition, c.value

-- name: revisions
SELECT from_edition, from_code, to_edition, to_code, relation
FROM hs_concordance
WHERE (from_code = $hs6 OR to_code = $hs6) AND from_code <> to_code
ORDER BY from_edition, to_edition, from_code, to_code
LIMIT 60

-- name: prices
SELECT measure, origin_country, quantity_unit, currency, period_from, n, quartile_1, median, quartile_3, group_id
FROM price_groups
WHERE hs6 = $hs6

-- name: outliers
SELECT o.shipment_id, o.measure, o.unit_value, o.rule, o.side, o.likely_error, o.n, o.median, moves.source_id, moves.row_number, moves.consignee, moves.consignee_id, moves.date
FROM price_outliers AS o
INNER JOIN goods_moves AS moves
  ON moves.hs6 = $hs6 AND o.shipment_id = CONCAT(moves.source_id, ':', moves.row_number)

-- name: unit_values
-- Values a kilogram of the code's shipments, for the distribution; a sample where there are very many.
SELECT value_usd / net_kg AS unit_value
FROM goods_moves
WHERE hs6 = $hs6 AND net_kg > 0 AND value_usd > 0
LIMIT 50000

-- name: texts
SELECT texts.goods_text, texts.shipments, texts.first_date, texts.last_date, texts.source_id, texts.row_number
FROM goods_texts AS texts
WHERE texts.hs6 = $hs6

-- name: receivers
SELECT
  moves.consignee_id, ANY_VALUE(moves.consignee) AS consignee, ANY_VALUE(moves.destination_country) AS destination_country, COUNT(*) AS shipments,
  SUM(moves.net_kg) AS net_kg, SUM(moves.value_usd) AS value_usd, MIN(moves.date) AS first_date, MAX(moves.date) AS last_date
FROM goods_moves AS moves
WHERE moves.hs6 = $hs6 AND moves.consignee_id IS NOT NULL
GROUP BY moves.consignee_id

-- name: months
SELECT
  lanes.month AS period, CAST(SUM(lanes.shipments) AS BIGINT) AS "rows", SUM(lanes.net_kg) AS net_kg, SUM(lanes.value_usd) AS value_usd
FROM lanes
WHERE lanes.hs6 = $hs6 AND lanes.month IS NOT NULL
GROUP BY lanes.month
ORDER BY period

-- name: sources
SELECT DISTINCT moves.source_id FROM goods_moves AS moves WHERE moves.hs6 = $hs6
