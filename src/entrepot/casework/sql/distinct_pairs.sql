-- A row: one pair of goods text and declared code of the source that no source before it has, with its latest edition.
-- Reads: shipments (of the source and of those before it).
SELECT
  shipments.goods_text AS goods_text,
  shipments.hs_code AS hs_code,
  MAX(shipments.hs_edition) AS hs_edition,
  COUNT(*) AS shipments
FROM shipments
WHERE shipments.goods_text IS NOT NULL
  OR shipments.hs_code IS NOT NULL
GROUP BY
  shipments.goods_text,
  shipments.hs_code
HAVING MIN(CASE WHEN shipments.source_id = $source THEN 1 ELSE 0 END) = 1
ORDER BY
  shipments.goods_text ASC,
  shipments.hs_code ASC
