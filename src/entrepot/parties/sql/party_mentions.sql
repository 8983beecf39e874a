-- A row: one name with one identifier (or none) in one country (or none), role and source; nameless parties by their identifier.
-- Reads: mentions, name_keys, trade, source_order (position of each source in the case).
SELECT
  name_keys.name_key AS name_key,
  COALESCE(mentions.identifier, '') AS identifier,
  COALESCE(mentions.country, '') AS country,
  mentions.name AS name,
  mentions.role AS role,
  mentions.source_id AS source_id,
  mentions.first_row AS first_row,
  source_order.position * 1000000000000 + mentions.first_row AS age,
  mentions."rows" AS "rows",
  mentions.first_date AS first_date,
  mentions.last_date AS last_date
FROM mentions
INNER JOIN name_keys
  ON name_keys.source_id = mentions.source_id
  AND name_keys.name = mentions.name
INNER JOIN source_order
  ON source_order.source_id = mentions.source_id
WHERE name_keys.name_key IS NOT NULL
UNION ALL
SELECT
  nameless.name_key AS name_key,
  nameless.identifier AS identifier,
  nameless.country AS country,
  nameless.identifier AS name,
  nameless.role AS role,
  nameless.source_id AS source_id,
  MIN(nameless.row_number) AS first_row,
  MIN(source_order.position * 1000000000000 + nameless.row_number) AS age,
  COUNT(*) AS "rows",
  MIN(nameless.date) AS first_date,
  MAX(nameless.date) AS last_date
FROM (
  SELECT
    trade.source_id AS source_id,
    'consignee' AS role,
    trade.consignee_key AS name_key,
    trade.consignee_id AS identifier,
    COALESCE(trade.consignee_country, '') AS country,
    trade.row_number AS row_number,
    trade.date AS date
  FROM trade
  WHERE trade.consignee_key LIKE 'id:%'
    AND trade.consignee_id IS NOT NULL
  UNION ALL
  SELECT
    trade.source_id AS source_id,
    'shipper' AS role,
    trade.shipper_key AS name_key,
    trade.shipper_id AS identifier,
    COALESCE(trade.shipper_country, '') AS country,
    trade.row_number AS row_number,
    trade.date AS date
  FROM trade
  WHERE trade.shipper_key LIKE 'id:%'
    AND trade.shipper_id IS NOT NULL
) AS nameless
INNER JOIN source_order
  ON source_order.source_id = nameless.source_id
GROUP BY
  nameless.name_key,
  nameless.identifier,
  nameless.country,
  nameless.role,
  nameless.source_id
