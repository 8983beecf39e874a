-- A row: one name key of one party with its most frequent name, country and identifier, over all sources.
-- Reads: party_mentions, linked.
WITH acted AS (
  SELECT
    linked.party_id AS party_id,
    linked.party_key AS party_key,
    linked.label AS name_key,
    linked.name_key AS borne_key,
    party_mentions.name AS name,
    party_mentions.role AS role,
    party_mentions.country AS country,
    party_mentions.identifier AS identifier,
    party_mentions."rows" AS "rows",
    party_mentions.first_date AS first_date,
    party_mentions.last_date AS last_date
  FROM party_mentions
  INNER JOIN linked
    ON linked.name_key = party_mentions.name_key
    AND linked.identifier = party_mentions.identifier
    AND linked.country = party_mentions.country
),
spelled AS (
  SELECT
    acted.name_key AS name_key,
    acted.name AS name,
    ROW_NUMBER() OVER (PARTITION BY acted.name_key ORDER BY SUM(acted."rows") DESC, acted.name ASC) AS place
  FROM acted
  GROUP BY
    acted.name_key,
    acted.name
),
placed AS (
  SELECT
    acted.name_key AS name_key,
    acted.country AS country,
    ROW_NUMBER() OVER (PARTITION BY acted.name_key ORDER BY SUM(acted."rows") DESC, acted.country ASC) AS place
  FROM acted
  WHERE acted.country <> ''
  GROUP BY
    acted.name_key,
    acted.country
),
identified AS (
  SELECT
    acted.name_key AS name_key,
    acted.identifier AS identifier,
    ROW_NUMBER() OVER (PARTITION BY acted.name_key ORDER BY SUM(acted."rows") DESC, acted.identifier ASC) AS place
  FROM acted
  WHERE acted.identifier <> ''
  GROUP BY
    acted.name_key,
    acted.identifier
),
borne AS (
  SELECT
    linked.name_key AS borne_key,
    COUNT(DISTINCT linked.party_id) AS parties
  FROM linked
  GROUP BY
    linked.name_key
),
in_role AS (
  SELECT
    acted.party_id AS party_id,
    acted.party_key AS party_key,
    acted.name_key AS name_key,
    acted.borne_key AS borne_key,
    MAX(CASE WHEN acted.role = 'shipper' THEN 'shipper' END) AS shipper,
    MAX(CASE WHEN acted.role = 'consignee' THEN 'consignee' END) AS consignee,
    MAX(CASE WHEN acted.role = 'notify' THEN 'notify' END) AS notify,
    MAX(CASE WHEN acted.role = 'manufacturer' THEN 'manufacturer' END) AS manufacturer,
    MAX(CASE WHEN acted.role = 'forwarder' THEN 'forwarder' END) AS forwarder,
    MAX(CASE WHEN acted.role = 'carrier' THEN 'carrier' END) AS carrier,
    MAX(CASE WHEN acted.role = 'broker' THEN 'broker' END) AS broker,
    COUNT(DISTINCT acted.name) AS names,
    SUM(acted."rows") AS "rows",
    MIN(acted.first_date) AS first_date,
    MAX(acted.last_date) AS last_date
  FROM acted
  GROUP BY
    acted.party_id,
    acted.party_key,
    acted.name_key,
    acted.borne_key
)
SELECT
  in_role.party_id AS party_id,
  in_role.party_key AS party_key,
  in_role.name_key AS name_key,
  spelled.name AS name,
  in_role.names AS names,
  placed.country AS country,
  identified.identifier AS identifier,
  in_role."rows" AS "rows",
  in_role.first_date AS first_date,
  in_role.last_date AS last_date,
  CONCAT_WS(';', in_role.shipper, in_role.consignee, in_role.notify, in_role.manufacturer, in_role.forwarder, in_role.carrier, in_role.broker) AS roles,
  CASE WHEN borne.parties > 1 THEN TRUE ELSE FALSE END AS possible_namesakes
FROM in_role
INNER JOIN spelled
  ON spelled.name_key = in_role.name_key
  AND spelled.place = 1
INNER JOIN borne
  ON borne.borne_key = in_role.borne_key
LEFT JOIN placed
  ON placed.name_key = in_role.name_key
  AND placed.place = 1
LEFT JOIN identified
  ON identified.name_key = in_role.name_key
  AND identified.place = 1
ORDER BY
  in_role.name_key ASC
