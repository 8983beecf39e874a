-- id: supplier_replaced
-- title: A new supplier takes the place of one that was listed
-- subject: party
-- meaning: A buyer's supplier was put on a list and delivered nothing more; within weeks a supplier that had not sent it such goods before began to send the same heading.
-- source: BIS, Know Your Customer guidance and red flags, 15 CFR Part 732, Supplement No. 3 (new customer or supplier in place of a listed one); FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023.
-- statement: {subject} received heading {heading} from {old_supplier} until {last_old}; that supplier was listed on {listed} ({list_id}, entry {entry_id}), and {gap_days:int} days after its last shipment {new_supplier} began to deliver: {rows:int} shipments up to {date_to}
-- innocent: Buyers must find another source once a supplier is listed, and that is what the listing intends; the new supplier may be an ordinary competitor; the match with the list may be a namesake.
-- reads: trade, matches, list_presence, name_keys, sources, parties, party_members
-- include: same_party
-- parameter.most_weeks: 10 | weeks after the later of the listing and the last shipment of the old supplier within which the new one begins
-- parameter.least_old: 3 | least number of shipments of the old supplier in the year before its listing
-- parameter.least_new: 2 | least number of shipments of the new supplier
-- parameter.grace_days: 45 | days after the listing in which goods under way may still arrive
-- parameter.least_score: 0.8 | least score of the match with the list
-- common
listed_suppliers AS (
  SELECT
    party_members.party_key AS supplier,
    matches.list_id AS list_id,
    matches.entry_id AS entry_id,
    MIN(COALESCE(list_presence.listed, list_presence.first_seen)) AS listed
  FROM matches
  INNER JOIN name_keys
    ON name_keys.name = matches.name
  INNER JOIN party_members
    ON party_members.name_key = name_keys.name_key
  INNER JOIN list_presence
    ON list_presence.list_id = matches.list_id
    AND list_presence.entry_id = matches.entry_id
  WHERE matches.score >= $least_score
    AND matches.decision = 'match'
  GROUP BY
    party_members.party_key,
    matches.list_id,
    matches.entry_id
),
their_names AS (
  SELECT DISTINCT
    party_members.name_key AS name_key,
    party_members.identifier AS identifier,
    party_members.country AS country
  FROM party_members
  INNER JOIN listed_suppliers
    ON listed_suppliers.supplier = party_members.party_key
),
their_buyers AS (
  SELECT DISTINCT
    COALESCE(same_party.party, trade.consignee_key) AS buyer
  FROM trade
  INNER JOIN their_names
    ON their_names.name_key = trade.shipper_key
    AND their_names.identifier = COALESCE(trade.shipper_id, '')
    AND their_names.country = COALESCE(trade.shipper_country, '')
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  WHERE trade.consignee_key IS NOT NULL
),
lines AS (
  SELECT
    their_buyers.buyer AS buyer,
    COALESCE(selling.party, trade.shipper_key) AS supplier,
    SUBSTR(trade.hs6, 1, 4) AS heading,
    trade.consignee_name AS buyer_name,
    trade.shipper_name AS supplier_name,
    trade.destination_country AS country,
    trade.hs6 AS hs6,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  LEFT JOIN same_party AS buying
    ON buying.name_key = trade.consignee_key
    AND buying.identifier = COALESCE(trade.consignee_id, '')
    AND buying.country = COALESCE(trade.consignee_country, '')
  INNER JOIN their_buyers
    ON their_buyers.buyer = COALESCE(buying.party, trade.consignee_key)
  LEFT JOIN same_party AS selling
    ON selling.name_key = trade.shipper_key
    AND selling.identifier = COALESCE(trade.shipper_id, '')
    AND selling.country = COALESCE(trade.shipper_country, '')
  WHERE trade.shipper_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
    AND trade.date IS NOT NULL
)
-- query
-- A row: one buyer, heading, listed supplier and the supplier that came after it.
WITH pairs AS (
  SELECT
    lines.buyer AS buyer,
    lines.supplier AS supplier,
    lines.heading AS heading,
    MIN(lines.buyer_name) AS buyer_name,
    MIN(lines.supplier_name) AS supplier_name,
    MIN(lines.country) AS country,
    MIN(lines.hs6) AS hs6,
    MIN(lines.date) AS first_date,
    MAX(lines.date) AS last_date,
    COUNT(*) AS shipments,
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  GROUP BY
    lines.buyer,
    lines.supplier,
    lines.heading
),
ended AS (
  SELECT
    pairs.buyer AS buyer,
    pairs.supplier AS supplier,
    pairs.supplier_name AS supplier_name,
    pairs.heading AS heading,
    pairs.last_date AS last_date,
    listed_suppliers.list_id AS list_id,
    listed_suppliers.entry_id AS entry_id,
    listed_suppliers.listed AS listed,
    COUNT(*) AS shipments
  FROM pairs
  INNER JOIN listed_suppliers
    ON listed_suppliers.supplier = pairs.supplier
  INNER JOIN lines
    ON lines.buyer = pairs.buyer
    AND lines.supplier = pairs.supplier
    AND lines.heading = pairs.heading
  WHERE pairs.last_date <= listed_suppliers.listed + CAST($grace_days AS INTEGER)
    AND DATEDIFF('day', pairs.last_date, listed_suppliers.listed) <= 180
    AND DATEDIFF('day', lines.date, listed_suppliers.listed) <= 365
  GROUP BY
    pairs.buyer,
    pairs.supplier,
    pairs.supplier_name,
    pairs.heading,
    pairs.last_date,
    listed_suppliers.list_id,
    listed_suppliers.entry_id,
    listed_suppliers.listed
  HAVING COUNT(*) >= $least_old
),
buyers AS (
  SELECT
    COUNT(DISTINCT ended.buyer || '|' || ended.heading) AS parties
  FROM ended
)
SELECT
  pairs.buyer || '|' || pairs.heading || '|' || ended.supplier || '|' || pairs.supplier AS subject_key,
  COALESCE(parties.name, pairs.buyer_name) AS subject,
  pairs.country AS country,
  pairs.hs6 AS hs6,
  pairs.heading AS heading,
  ended.supplier_name AS old_supplier,
  pairs.supplier_name AS new_supplier,
  MIN(ended.list_id) AS list_id,
  MIN(ended.entry_id) AS entry_id,
  MIN(ended.listed) AS listed,
  ended.last_date AS last_old,
  DATEDIFF('day', ended.last_date, pairs.first_date) AS gap_days,
  MAX(ended.shipments) AS shipments_of_old,
  pairs.first_date AS date_from,
  pairs.last_date AS date_to,
  pairs.shipments AS "rows",
  pairs.value_usd AS value_usd,
  pairs.net_kg AS net_kg,
  pairs.synthetic AS synthetic,
  pairs.buyer AS _buyer,
  ended.supplier AS _old,
  pairs.supplier AS _new,
  ROUND(
    0.4 * GREATEST(0.0, 1.0 - CAST(GREATEST(DATEDIFF('day', ended.last_date, pairs.first_date), 0) AS DOUBLE) / 120.0)
    + 0.3 * LEAST(1.0, LN(1.0 + pairs.shipments) / LN(30.0))
    + 0.3 * LEAST(1.0, LN(1.0 + MAX(ended.shipments)) / LN(30.0)),
    4
  ) AS strength,
  MAX(buyers.parties) AS compared
FROM ended
INNER JOIN pairs
  ON pairs.buyer = ended.buyer
  AND pairs.heading = ended.heading
  AND pairs.supplier <> ended.supplier
CROSS JOIN buyers
LEFT JOIN parties
  ON parties.name_key = pairs.buyer
WHERE pairs.first_date > ended.last_date
  AND pairs.first_date >= ended.listed
  AND DATEDIFF('day', GREATEST(ended.last_date, ended.listed), pairs.first_date) <= 7 * $most_weeks
  AND pairs.shipments >= $least_new
GROUP BY
  pairs.buyer,
  pairs.heading,
  ended.supplier,
  pairs.supplier,
  parties.name,
  pairs.buyer_name,
  pairs.country,
  pairs.hs6,
  ended.supplier_name,
  pairs.supplier_name,
  ended.last_date,
  pairs.first_date,
  pairs.last_date,
  pairs.shipments,
  pairs.value_usd,
  pairs.net_kg,
  pairs.synthetic
-- evidence
-- A row: one shipment of the old or of the new supplier to the buyer.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  CASE WHEN lines.supplier = found._old THEN 'from the listed supplier on ' ELSE 'from the new supplier on ' END || CAST(lines.date AS VARCHAR) AS why
FROM found
INNER JOIN lines
  ON lines.buyer = found._buyer
  AND lines.heading = found.heading
WHERE lines.supplier = found._old
  OR lines.supplier = found._new
ORDER BY
  found.subject_key ASC,
  lines.date ASC,
  lines.source_id ASC,
  lines.row_number ASC
