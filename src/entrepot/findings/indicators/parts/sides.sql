-- A row: one shipment with the parties of its two sides, whatever their names were spelt like.
-- Reads: trade, and the part same_party before it.
sides AS (
  SELECT
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    COALESCE(buying.party, trade.consignee_key) AS consignee,
    COALESCE(selling.party, trade.shipper_key) AS shipper
  FROM trade
  LEFT JOIN same_party AS buying
    ON buying.name_key = trade.consignee_key
    AND buying.identifier = COALESCE(trade.consignee_id, '')
    AND buying.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN same_party AS selling
    ON selling.name_key = trade.shipper_key
    AND selling.identifier = COALESCE(trade.shipper_id, '')
    AND selling.country = COALESCE(trade.shipper_country, '')
)
