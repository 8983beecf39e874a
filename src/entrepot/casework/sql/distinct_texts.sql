-- A row: one goods text of the source that no source before it has.
-- Reads: shipments (of the source and of those before it).
SELECT
  shipments.goods_text AS goods_text
FROM shipments
WHERE shipments.goods_text IS NOT NULL
GROUP BY
  shipments.goods_text
HAVING MIN(CASE WHEN shipments.source_id = $source THEN 1 ELSE 0 END) = 1
ORDER BY
  shipments.goods_text ASC
