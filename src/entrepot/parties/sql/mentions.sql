-- A row: one name in one role in one source, with the identifier, address and country beside it, and its rows counted.
-- Reads: shipments (of one source).
WITH named AS (
  SELECT
    shipments.shipper_name AS name,
    'shipper' AS role,
    shipments.shipper_id AS identifier,
    shipments.shipper_address AS address,
    COALESCE(shipments.shipper_country, shipments.dispatch_country) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.shipper_name IS NOT NULL
  UNION ALL
  SELECT
    shipments.consignee_name AS name,
    'consignee' AS role,
    shipments.consignee_id AS identifier,
    shipments.consignee_address AS address,
    COALESCE(shipments.consignee_country, shipments.destination_country) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.consignee_name IS NOT NULL
  UNION ALL
  SELECT
    shipments.notify_name AS name,
    'notify' AS role,
    CAST(NULL AS VARCHAR) AS identifier,
    CAST(NULL AS VARCHAR) AS address,
    CAST(NULL AS VARCHAR) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.notify_name IS NOT NULL
  UNION ALL
  SELECT
    shipments.manufacturer_name AS name,
    'manufacturer' AS role,
    CAST(NULL AS VARCHAR) AS identifier,
    CAST(NULL AS VARCHAR) AS address,
    CAST(NULL AS VARCHAR) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.manufacturer_name IS NOT NULL
  UNION ALL
  SELECT
    shipments.forwarder_name AS name,
    'forwarder' AS role,
    CAST(NULL AS VARCHAR) AS identifier,
    CAST(NULL AS VARCHAR) AS address,
    CAST(NULL AS VARCHAR) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.forwarder_name IS NOT NULL
  UNION ALL
  SELECT
    shipments.carrier_name AS name,
    'carrier' AS role,
    CAST(NULL AS VARCHAR) AS identifier,
    CAST(NULL AS VARCHAR) AS address,
    CAST(NULL AS VARCHAR) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.carrier_name IS NOT NULL
  UNION ALL
  SELECT
    shipments.broker_name AS name,
    'broker' AS role,
    CAST(NULL AS VARCHAR) AS identifier,
    CAST(NULL AS VARCHAR) AS address,
    CAST(NULL AS VARCHAR) AS country,
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    shipments.date AS date
  FROM shipments
  WHERE shipments.broker_name IS NOT NULL
)
SELECT
  MD5(CONCAT_WS('|', named.source_id, named.role, named.name, COALESCE(named.identifier, ''), COALESCE(named.address, ''), COALESCE(named.country, ''))) AS mention_id,
  named.name AS name,
  named.role AS role,
  named.identifier AS identifier,
  named.address AS address,
  named.country AS country,
  named.source_id AS source_id,
  COUNT(*) AS "rows",
  MIN(named.date) AS first_date,
  MAX(named.date) AS last_date,
  MIN(named.row_number) AS first_row
FROM named
GROUP BY
  named.name,
  named.role,
  named.identifier,
  named.address,
  named.country,
  named.source_id
ORDER BY
  named.name ASC,
  named.role ASC,
  mention_id ASC
