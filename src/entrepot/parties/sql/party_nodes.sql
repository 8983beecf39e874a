-- A row: one name key with one identifier (or none) in one country (or none): what is linked.
-- Reads: party_mentions.
WITH spelled AS (
  SELECT
    party_mentions.name_key AS name_key,
    party_mentions.identifier AS identifier,
    party_mentions.country AS country,
    party_mentions.name AS name,
    SUM(party_mentions."rows") AS "rows",
    MIN(party_mentions.age) AS age,
    ROW_NUMBER() OVER (
      PARTITION BY party_mentions.name_key, party_mentions.identifier, party_mentions.country
      ORDER BY SUM(party_mentions."rows") DESC, party_mentions.name ASC
    ) AS place
  FROM party_mentions
  GROUP BY
    party_mentions.name_key,
    party_mentions.identifier,
    party_mentions.country,
    party_mentions.name
)
SELECT
  spelled.name_key AS name_key,
  spelled.identifier AS identifier,
  spelled.country AS country,
  MIN(CASE WHEN spelled.place = 1 THEN spelled.name END) AS name,
  CAST(MIN(spelled.age) AS BIGINT) AS age,
  CAST(SUM(spelled."rows") AS BIGINT) AS "rows"
FROM spelled
GROUP BY
  spelled.name_key,
  spelled.identifier,
  spelled.country
