-- A row: one shipment as indicators and routes read it, with the keys of its parties and the strictest control on its code.
-- Reads: shipments, name_keys (of one source), controls, hs_control_codes.
WITH best_control AS (
  SELECT
    ranked.hs_edition AS hs_edition,
    ranked.hs6 AS hs6,
    ranked.control_id AS control_id,
    ranked.control_list AS control_list,
    ranked.tier AS tier,
    ranked.note AS note
  FROM (
    SELECT
      hs_control_codes.hs_edition AS hs_edition,
      hs_control_codes.hs6 AS hs6,
      hs_control_codes.control_id AS control_id,
      controls.control_list AS control_list,
      controls.tier AS tier,
      hs_control_codes.note AS note,
      ROW_NUMBER() OVER (
        PARTITION BY hs_control_codes.hs_edition, hs_control_codes.hs6
        ORDER BY controls.tier ASC NULLS LAST, controls.control_list ASC, hs_control_codes.control_id ASC
      ) AS place
    FROM hs_control_codes
    INNER JOIN controls
      ON controls.control_id = hs_control_codes.control_id
  ) AS ranked
  WHERE ranked.place = 1
),
newest_edition AS (
  SELECT
    MAX(hs_control_codes.hs_edition) AS hs_edition
  FROM hs_control_codes
)
SELECT
  shipments.source_id AS source_id,
  shipments.row_number AS row_number,
  shipments.direction AS direction,
  shipments.date AS date,
  shipments.date_precision AS date_precision,
  COALESCE(shipper_keys.name_key, CASE WHEN shipments.shipper_name IS NULL THEN 'id:' || shipments.shipper_id END) AS shipper_key,
  COALESCE(shipments.shipper_name, shipments.shipper_id) AS shipper_name,
  shipments.shipper_id AS shipper_id,
  COALESCE(shipments.shipper_country, shipments.dispatch_country) AS shipper_country,
  COALESCE(consignee_keys.name_key, CASE WHEN shipments.consignee_name IS NULL THEN 'id:' || shipments.consignee_id END) AS consignee_key,
  COALESCE(shipments.consignee_name, shipments.consignee_id) AS consignee_name,
  shipments.consignee_id AS consignee_id,
  COALESCE(shipments.consignee_country, shipments.destination_country) AS consignee_country,
  shipments.hs6 AS hs6,
  shipments.hs_edition AS hs_edition,
  shipments.origin_country AS origin_country,
  COALESCE(shipments.dispatch_country, shipments.shipper_country, CASE WHEN shipments.direction = 'export' THEN CAST($reporter AS VARCHAR) END) AS dispatch_country,
  COALESCE(shipments.destination_country, shipments.consignee_country, CASE WHEN shipments.direction = 'import' THEN CAST($reporter AS VARCHAR) END) AS destination_country,
  shipments.transport_mode AS transport_mode,
  shipments.quantity AS quantity,
  shipments.quantity_unit AS quantity_unit,
  COALESCE(shipments.net_kg, shipments.gross_kg) AS net_kg,
  shipments.value_usd AS value_usd,
  best_control.control_id AS control_id,
  best_control.control_list AS control_list,
  best_control.tier AS tier,
  best_control.note AS control_note
FROM shipments
LEFT JOIN name_keys AS shipper_keys
  ON shipper_keys.name = shipments.shipper_name
LEFT JOIN name_keys AS consignee_keys
  ON consignee_keys.name = shipments.consignee_name
CROSS JOIN newest_edition
LEFT JOIN best_control
  ON best_control.hs6 = shipments.hs6
  AND best_control.hs_edition = COALESCE(shipments.hs_edition, newest_edition.hs_edition)
ORDER BY
  shipments.row_number ASC
