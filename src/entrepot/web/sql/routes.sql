-- name: lanes
-- Lanes of the chosen goods, tier, countries and period; all goods together come from a smaller table.
SELECT
  lanes.dispatch_country, lanes.destination_country, MIN(lanes.tier) AS tier, CAST(SUM(lanes.shipments) AS BIGINT) AS shipments,
  SUM(lanes.net_kg) AS net_kg, SUM(lanes.value_usd) AS value_usd, MIN(lanes.first_date) AS first_date, MAX(lanes.last_date) AS last_date
FROM lanes
WHERE ($hs IS NULL OR lanes.hs6 BETWEEN $hs AND CONCAT($hs, ':'))  -- ':' follows '9', so these are the codes that begin so
  AND ($tier IS NULL OR lanes.tier = $tier OR ($tier = 'any' AND lanes.tier IS NOT NULL))
  AND ($from_country IS NULL OR lanes.dispatch_country = $from_country)
  AND ($to_country IS NULL OR lanes.destination_country = $to_country)
  AND ($from_month IS NULL OR lanes.month >= $from_month)
  AND ($to_month IS NULL OR lanes.month <= $to_month)
GROUP BY lanes.dispatch_country, lanes.destination_country

-- name: lanes_of_all
SELECT
  lanes.dispatch_country, lanes.destination_country, MIN(lanes.tier) AS tier, CAST(SUM(lanes.shipments) AS BIGINT) AS shipments,
  SUM(lanes.net_kg) AS net_kg, SUM(lanes.value_usd) AS value_usd, MIN(lanes.first_date) AS first_date, MAX(lanes.last_date) AS last_date
FROM lane_totals AS lanes
WHERE $hs IS NULL
  AND ($tier IS NULL OR lanes.tier = $tier OR ($tier = 'any' AND lanes.tier IS NOT NULL))
  AND ($from_country IS NULL OR lanes.dispatch_country = $from_country)
  AND ($to_country IS NULL OR lanes.destination_country = $to_country)
  AND ($from_month IS NULL OR lanes.month >= $from_month)
  AND ($to_month IS NULL OR lanes.month <= $to_month)
GROUP BY lanes.dispatch_country, lanes.destination_country

-- name: tiers
SELECT DISTINCT tier FROM lane_totals WHERE tier IS NOT NULL ORDER BY tier

-- name: chains
SELECT
  c.chain_id, c.grade, c.score, c.p_value, c.countries, c.hs6, c.hs6_last, c.legs, c.first_shipper, c.last_consignee, c.first_date,
  c.last_date, c.quantity_carried, c.value_usd, c.coverage, c.other_inbound_rows
FROM chains AS c

-- name: chain
SELECT * FROM chains WHERE chain_id = $chain

-- name: chain_legs
SELECT * FROM chain_legs WHERE chain_id = $chain ORDER BY position

-- name: legs
SELECT * FROM legs WHERE leg_id IN (SELECT chain_legs.leg_id FROM chain_legs WHERE chain_legs.chain_id = $chain)

-- name: chain_shipments
SELECT * FROM chain_shipments
WHERE leg_id IN (SELECT chain_legs.leg_id FROM chain_legs WHERE chain_legs.chain_id = $chain)
ORDER BY leg_id, position

-- name: chain_rows
SELECT
  r.leg, r.place, r.source_id, r.row_number, r.kg, r.kg_from, r.date, r.shipper_name, r.consignee_name, r.dispatch_country,
  r.destination_country, r.hs_code, r.goods_text, r.value_usd, r.path, r.synthetic
FROM chain_rows AS r
WHERE r.chain_id = $chain

-- name: chain_page
SELECT "rows", sources, parties FROM chain_pages WHERE chain_id = $chain

-- name: shipments
SELECT
  moves.date, moves.hs6, moves.shipper, moves.shipper_id, moves.consignee, moves.consignee_id, moves.origin_country, moves.dispatch_country,
  moves.destination_country, moves.net_kg, moves.value_usd, moves.tier, moves.source_id, moves.row_number
FROM day_moves AS moves

-- name: shipments_by_code
-- The same rows laid out by code, for counting.
SELECT
  moves.date, moves.hs6, moves.shipper, moves.shipper_id, moves.consignee, moves.consignee_id, moves.origin_country, moves.dispatch_country,
  moves.destination_country, moves.net_kg, moves.value_usd, moves.tier, moves.source_id, moves.row_number
FROM goods_moves AS moves

-- name: flows
SELECT
  f.flow_id, f.reporter, f.direction, f.partner, f.hs_code, f.period_from, f.period_to, f.period_precision, f.value, f.currency,
  f.value_usd, f.valuation, f.net_kg, f.aggregate = 1 AS aggregate, f.source_id, f.row_number, sources.path, sources.synthetic
FROM flows AS f
INNER JOIN sources
  ON sources.source_id = f.source_id

-- name: mirror
-- Both sides of one trade in one period and currency: what the exporter states and what the importer states.
SELECT
  o.reporter AS exporter, i.reporter AS importer, o.hs_code, o.period_from, o.period_to, o.value AS exported, i.value AS imported, o.currency,
  o.valuation AS export_valuation, i.valuation AS import_valuation, i.value - o.value AS difference, LN(i.value / o.value) AS log_ratio,
  o.source_id AS export_source, o.row_number AS export_row, i.source_id AS import_source, i.row_number AS import_row
FROM flows AS o
INNER JOIN flows AS i
  ON i.reporter = o.partner
  AND i.partner = o.reporter
  AND i.direction = 'import'
  AND i.hs_code = o.hs_code
  AND i.period_from = o.period_from
  AND i.period_to = o.period_to
  AND i.currency = o.currency
WHERE o.direction = 'export' AND o.value > 0 AND i.value > 0 AND o.aggregate = 0 AND i.aggregate = 0

-- name: flow_months
-- What reporters state of trade with one partner, month by month, all reporters of one direction together.
SELECT
  f.period_from AS period, CONCAT(f.direction, ' to ', f.partner, ', ', COALESCE(f.currency, 'currency unknown')) AS series, SUM(f.value) AS value
FROM flows AS f
WHERE f.period_precision = 'month' AND f.aggregate = 0 AND f.hs_code = 'TOTAL' AND f.value IS NOT NULL AND f.partner IS NOT NULL
GROUP BY ALL
ORDER BY period, series
LIMIT 4000
