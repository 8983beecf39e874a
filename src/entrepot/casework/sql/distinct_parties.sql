-- A row: one name of a shipper or consignee.
-- Reads: shipments (of one source).
SELECT
  named.name AS name
FROM (
  SELECT
    shipments.consignee_name AS name
  FROM shipments
  UNION
  SELECT
    shipments.shipper_name AS name
  FROM shipments
) AS named
WHERE named.name IS NOT NULL
ORDER BY
  named.name ASC
