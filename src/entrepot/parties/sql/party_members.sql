-- A row: one name key with one identifier (or none) in one country (or none), and the party that it belongs to.
-- Reads: party_mentions, linked.
WITH spelled AS (
  SELECT
    party_mentions.name_key AS name_key,
    party_mentions.identifier AS identifier,
    party_mentions.country AS country,
    party_mentions.name AS name,
    party_mentions.source_id AS source_id,
    party_mentions.first_row AS first_row,
    party_mentions."rows" AS "rows",
    party_mentions.first_date AS first_date,
    party_mentions.last_date AS last_date,
    SUM(party_mentions."rows") OVER (
      PARTITION BY party_mentions.name_key, party_mentions.identifier, party_mentions.country, party_mentions.name
    ) AS name_rows,
    ROW_NUMBER() OVER (
      PARTITION BY party_mentions.name_key, party_mentions.identifier, party_mentions.country
      ORDER BY party_mentions.age ASC, party_mentions.role ASC
    ) AS place
  FROM party_mentions
),
best AS (
  SELECT
    spelled.name_key AS name_key,
    spelled.identifier AS identifier,
    spelled.country AS country,
    spelled.name AS name,
    ROW_NUMBER() OVER (
      PARTITION BY spelled.name_key, spelled.identifier, spelled.country ORDER BY spelled.name_rows DESC, spelled.name ASC
    ) AS place
  FROM spelled
)
SELECT
  linked.party_id AS party_id,
  linked.party_key AS party_key,
  linked.name_key AS name_key,
  linked.identifier AS identifier,
  linked.country AS country,
  MIN(best.name) AS name,
  COUNT(DISTINCT spelled.name) AS names,
  SUM(spelled."rows") AS "rows",
  MIN(spelled.first_date) AS first_date,
  MAX(spelled.last_date) AS last_date,
  MIN(CASE WHEN spelled.place = 1 THEN spelled.source_id END) AS source_id,
  MIN(CASE WHEN spelled.place = 1 THEN spelled.first_row END) AS row_number,
  MIN(linked.why) AS why
FROM linked
INNER JOIN spelled
  ON spelled.name_key = linked.name_key
  AND spelled.identifier = linked.identifier
  AND spelled.country = linked.country
INNER JOIN best
  ON best.name_key = linked.name_key
  AND best.identifier = linked.identifier
  AND best.country = linked.country
  AND best.place = 1
GROUP BY
  linked.party_id,
  linked.party_key,
  linked.name_key,
  linked.identifier,
  linked.country
ORDER BY
  linked.name_key ASC,
  linked.identifier ASC,
  linked.country ASC
