-- name: listing
SELECT heads.hs6, heads.description, heads.tier, heads.shipments, heads.consignees, heads.net_kg, heads.value_usd, heads.first_date, heads.last_date
FROM goods_heads AS heads

-- name: head
SELECT * FROM code_pages WHERE hs6 = $hs6

-- name: prices
SELECT measure, origin_country, quantity_unit, currency, period_from, n, quartile_1, median, quartile_3, group_id
FROM price_groups
WHERE hs6 = $hs6

-- name: outliers
SELECT o.shipment_id, o.measure, o.unit_value, o.rule, o.side, o.likely_error, o.n, o.median, o.source_id, o.row_number, o.consignee, o.consignee_id, o.date
FROM goods_outliers AS o
WHERE o.hs6 = $hs6

-- name: texts
SELECT texts.goods_text, texts.shipments, texts.first_date, texts.last_date, texts.source_id, texts.row_number
FROM goods_texts AS texts
WHERE texts.hs6 = $hs6

-- name: receivers
SELECT r.consignee_id, r.consignee, r.destination_country, r.shipments, r.net_kg, r.value_usd, r.first_date, r.last_date
FROM goods_receivers AS r
WHERE r.hs6 = $hs6

-- name: months
SELECT
  lanes.month AS period, CAST(SUM(lanes.shipments) AS BIGINT) AS "rows", SUM(lanes.net_kg) AS net_kg, SUM(lanes.value_usd) AS value_usd
FROM lanes
WHERE lanes.hs6 = $hs6 AND lanes.month IS NOT NULL
GROUP BY lanes.month
ORDER BY period

-- name: distribution
SELECT n, quartiles, bins FROM goods_prices WHERE hs6 = $hs6
