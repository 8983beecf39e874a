-- A row: one key of names with its most frequent name, country and identifier, over all sources.
-- Reads: mentions, name_keys.
WITH keys AS (
  SELECT DISTINCT
    name_keys.name AS name,
    name_keys.name_key AS name_key
  FROM name_keys
  WHERE name_keys.name_key IS NOT NULL
),
keyed AS (
  SELECT
    keys.name_key AS name_key,
    mentions.name AS name,
    mentions.role AS role,
    mentions.country AS country,
    mentions.identifier AS identifier,
    mentions."rows" AS "rows",
    mentions.first_date AS first_date,
    mentions.last_date AS last_date
  FROM mentions
  INNER JOIN keys
    ON keys.name = mentions.name
),
spelled AS (
  SELECT
    keyed.name_key AS name_key,
    keyed.name AS name,
    ROW_NUMBER() OVER (PARTITION BY keyed.name_key ORDER BY SUM(keyed."rows") DESC, keyed.name ASC) AS place
  FROM keyed
  GROUP BY
    keyed.name_key,
    keyed.name
),
placed AS (
  SELECT
    keyed.name_key AS name_key,
    keyed.country AS country,
    ROW_NUMBER() OVER (PARTITION BY keyed.name_key ORDER BY SUM(keyed."rows") DESC, keyed.country ASC) AS place
  FROM keyed
  WHERE keyed.country IS NOT NULL
  GROUP BY
    keyed.name_key,
    keyed.country
),
identified AS (
  SELECT
    keyed.name_key AS name_key,
    keyed.identifier AS identifier,
    ROW_NUMBER() OVER (PARTITION BY keyed.name_key ORDER BY SUM(keyed."rows") DESC, keyed.identifier ASC) AS place,
    COUNT(*) OVER (PARTITION BY keyed.name_key) AS identifiers
  FROM keyed
  WHERE keyed.identifier IS NOT NULL
  GROUP BY
    keyed.name_key,
    keyed.identifier
),
in_role AS (
  SELECT
    keyed.name_key AS name_key,
    MAX(CASE WHEN keyed.role = 'shipper' THEN 'shipper' END) AS shipper,
    MAX(CASE WHEN keyed.role = 'consignee' THEN 'consignee' END) AS consignee,
    MAX(CASE WHEN keyed.role = 'notify' THEN 'notify' END) AS notify,
    MAX(CASE WHEN keyed.role = 'manufacturer' THEN 'manufacturer' END) AS manufacturer,
    MAX(CASE WHEN keyed.role = 'forwarder' THEN 'forwarder' END) AS forwarder,
    MAX(CASE WHEN keyed.role = 'carrier' THEN 'carrier' END) AS carrier,
    MAX(CASE WHEN keyed.role = 'broker' THEN 'broker' END) AS broker,
    COUNT(DISTINCT keyed.name) AS names,
    SUM(keyed."rows") AS "rows",
    MIN(keyed.first_date) AS first_date,
    MAX(keyed.last_date) AS last_date
  FROM keyed
  GROUP BY
    keyed.name_key
)
SELECT
  CONCAT('p-', SUBSTR(MD5(in_role.name_key), 1, 12)) AS party_id,
  in_role.name_key AS name_key,
  spelled.name AS name,
  in_role.names AS names,
  placed.country AS country,
  identified.identifier AS identifier,
  in_role."rows" AS "rows",
  in_role.first_date AS first_date,
  in_role.last_date AS last_date,
  CONCAT_WS(';', in_role.shipper, in_role.consignee, in_role.notify, in_role.manufacturer, in_role.forwarder, in_role.carrier, in_role.broker) AS roles,
  CASE WHEN COALESCE(identified.identifiers, 0) > 1 THEN TRUE ELSE FALSE END AS possible_namesakes
FROM in_role
INNER JOIN spelled
  ON spelled.name_key = in_role.name_key
  AND spelled.place = 1
LEFT JOIN placed
  ON placed.name_key = in_role.name_key
  AND placed.place = 1
LEFT JOIN identified
  ON identified.name_key = in_role.name_key
  AND identified.place = 1
ORDER BY
  in_role.name_key ASC
