-- id: chain
-- title: Goods that arrive and go on to another country
-- subject: party
-- meaning: A party received goods and within the window sent on the same goods, or what they are parts of, to another country, lot by lot, in a way that permuted dates do not reproduce.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (transshipment points); BIS, Best Practices for Transit, Transshipment and Reexport; the test of chains is described in docs/routes.md.
-- statement: {chains:int} lots of code {hs6} went {countries} through {subject} from {date_from} to {date_to}: {rows:int} shipments, {net_kg:kg} carried to {last_consignee} (p = {p_value:p})
-- innocent: Distributors and regional warehouses pass goods on by design; free-zone traders re-export in the ordinary way; goods that fit in kind, weight and time need not be the same goods.
-- reads: chains, chain_legs, chain_shipments, parties, sources
-- parameter.most_p: 0.05 | largest p of a chain
-- parameter.least_chains: 1 | least number of lots
-- A row: parties between, goods and countries, with their lots.
WITH lots AS (
  SELECT
    chains.chain_id AS chain_id,
    chains.middle_keys || '|' || chains.hs6 || '|' || chains.countries AS subject_key,
    SPLIT_PART(chains.middle_keys, ';', 1) AS middle_key,
    chains.middle_keys AS middle_keys,
    chains.countries AS countries,
    chains.hs6 AS hs6,
    chains.p_value AS p_value,
    chains.score AS score,
    chains.first_date AS first_date,
    chains.last_date AS last_date,
    chains.last_consignee AS last_consignee,
    chains.quantity_carried AS quantity_carried,
    chains.value_usd AS value_usd,
    chains.other_inbound_rows AS other_inbound_rows
  FROM chains
  WHERE chains.p_value < $most_p
),
members AS (
  SELECT
    lots.subject_key AS subject_key,
    COUNT(DISTINCT chain_shipments.source_id || ':' || CAST(chain_shipments.row_number AS VARCHAR)) AS "rows",
    MIN(sources.synthetic) AS synthetic
  FROM lots
  INNER JOIN chain_legs
    ON chain_legs.chain_id = lots.chain_id
  INNER JOIN chain_shipments
    ON chain_shipments.leg_id = chain_legs.leg_id
  INNER JOIN sources
    ON sources.source_id = chain_shipments.source_id
  GROUP BY
    lots.subject_key
),
grouped AS (
  SELECT
    lots.subject_key AS subject_key,
    MIN(lots.middle_key) AS middle_key,
    MIN(lots.countries) AS countries,
    MIN(lots.hs6) AS hs6,
    COUNT(*) AS chains,
    MAX(lots.p_value) AS p_value,
    AVG(lots.score) AS score,
    MIN(lots.first_date) AS date_from,
    MAX(lots.last_date) AS date_to,
    MIN(lots.last_consignee) AS last_consignee,
    CAST(SUM(CAST(lots.quantity_carried AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    CAST(SUM(CAST(lots.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(lots.other_inbound_rows) AS BIGINT) AS competing
  FROM lots
  GROUP BY
    lots.subject_key
),
everyone AS (
  SELECT
    COUNT(DISTINCT chains.middle_keys || '|' || chains.hs6 || '|' || chains.countries) AS candidates
  FROM chains
)
SELECT
  grouped.subject_key AS subject_key,
  COALESCE(parties.name, grouped.middle_key) AS subject,
  grouped.chains AS chains,
  grouped.countries AS countries,
  SPLIT_PART(grouped.countries, '>', 2) AS country,
  grouped.hs6 AS hs6,
  grouped.p_value AS p_value,
  grouped.competing AS competing,
  grouped.last_consignee AS last_consignee,
  grouped.date_from AS date_from,
  grouped.date_to AS date_to,
  members."rows" AS "rows",
  grouped.value_usd AS value_usd,
  grouped.net_kg AS net_kg,
  members.synthetic AS synthetic,
  ROUND(0.6 * grouped.score + 0.4 * LEAST(1.0, LN(1.0 + grouped.chains) / LN(12.0)), 4) AS strength,
  everyone.candidates AS compared
FROM grouped
INNER JOIN members
  ON members.subject_key = grouped.subject_key
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = grouped.middle_key
WHERE grouped.chains >= $least_chains
-- evidence
-- A row: one shipment of one leg of a chain.
SELECT
  found.subject_key AS subject_key,
  chain_shipments.source_id AS source_id,
  chain_shipments.row_number AS row_number,
  MIN('leg ' || CAST(chain_legs.position AS VARCHAR) || ' of chain ' || chains.chain_id) AS why
FROM found
INNER JOIN chains
  ON chains.middle_keys || '|' || chains.hs6 || '|' || chains.countries = found.subject_key
INNER JOIN chain_legs
  ON chain_legs.chain_id = chains.chain_id
INNER JOIN chain_shipments
  ON chain_shipments.leg_id = chain_legs.leg_id
WHERE chains.p_value <= found.p_value
GROUP BY
  found.subject_key,
  chain_shipments.source_id,
  chain_shipments.row_number
ORDER BY
  found.subject_key ASC,
  chain_shipments.source_id ASC,
  chain_shipments.row_number ASC
