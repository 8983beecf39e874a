-- A row: one party in its role of shipper or consignee in one shipment; once where it is both.
-- Reads: trade, and the part same_party before it.
acted AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS party,
    'consignee' AS role,
    trade.consignee_name AS name,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
  UNION ALL
  SELECT
    COALESCE(same_party.party, trade.shipper_key) AS party,
    'shipper' AS role,
    trade.shipper_name AS name,
    trade.dispatch_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.shipper_key
    AND same_party.identifier = COALESCE(trade.shipper_id, '')
    AND same_party.country = COALESCE(trade.shipper_country, '')
  WHERE trade.shipper_key IS NOT NULL
    AND (trade.consignee_key IS NULL OR trade.shipper_key <> trade.consignee_key)
)
