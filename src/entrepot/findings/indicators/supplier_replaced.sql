-- id: supplier_replaced
-- title: A new supplier takes the place of one that was listed
-- subject: party
-- meaning: A buyer's supplier was put on a list and delivered nothing more; within weeks a supplier that had not sent it such goods before began to send the same heading.
-- source: BIS, Know Your Customer guidance and red flags, 15 CFR Part 732, Supplement No. 3 (new customer or supplier in place of a listed one); FinCEN and BIS joint supplemental alert FIN-2023-Alert004 of 19 May 2023.
-- statement: {subject} received heading {heading} from {old_supplier} until {last_old}; that supplier was listed on {listed} ({list_id}, entry {entry_id}), and {gap_days:int} days after its last shipment {new_supplier} began to deliver: {rows:int} shipments up to {date_to}
-- innocent: Buyers must find another source once a supplier is listed, and that is what the listing intends; the new supplier may be an ordinary competitor; the match with the list may be a namesake.
-- reads: trade, matches, list_presence, name_keys, sources, parties
-- parameter.most_weeks: 10 | weeks after the later of the listing and the last shipment of the old supplier within which the new one begins
-- parameter.least_old: 3 | least number of shipments of the old supplier in the year before its listing
-- parameter.least_new: 2 | least number of shipments of the new supplier
-- parameter.grace_days: 45 | days after the listing in which goods under way may still arrive
-- parameter.least_score: 0.8 | least score of the match with the list
-- A row: one buyer, heading, listed supplier and the supplier that came after it.
WITH listed_suppliers AS (
  SELECT
    name_keys.name_key AS supplier,
    matches.list_id AS list_id,
    matches.entry_id AS entry_id,
    MIN(COALESCE(list_presence.listed, list_presence.first_seen)) AS listed
  FROM matches
  INNER JOIN name_keys
    ON name_keys.name = matches.name
  INNER JOIN list_presence
    ON list_presence.list_id = matches.list_id
    AND list_presence.entry_id = matches.entry_id
  WHERE matches.score >= $least_score
    AND matches.decision = 'match'
    AND name_keys.name_key IS NOT NULL
  GROUP BY
    name_keys.name_key,
    matches.list_id,
    matches.entry_id
),
pairs AS (
  SELECT
    trade.consignee_key AS buyer,
    trade.shipper_key AS supplier,
    SUBSTR(trade.hs6, 1, 4) AS heading,
    MIN(trade.consignee_name) AS buyer_name,
    MIN(trade.shipper_name) AS supplier_name,
    MIN(trade.destination_country) AS country,
    MIN(trade.hs6) AS hs6,
    MIN(trade.date) AS first_date,
    MAX(trade.date) AS last_date,
    COUNT(*) AS shipments,
    CAST(SUM(CAST(trade.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(trade.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM trade
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  WHERE trade.consignee_key IS NOT NULL
    AND trade.shipper_key IS NOT NULL
    AND trade.hs6 IS NOT NULL
    AND trade.date IS NOT NULL
  GROUP BY
    trade.consignee_key,
    trade.shipper_key,
    SUBSTR(trade.hs6, 1, 4)
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
  INNER JOIN trade
    ON trade.consignee_key = pairs.buyer
    AND trade.shipper_key = pairs.supplier
    AND SUBSTR(trade.hs6, 1, 4) = pairs.heading
  WHERE pairs.last_date <= listed_suppliers.listed + CAST($grace_days AS INTEGER)
    AND DATEDIFF('day', pairs.last_date, listed_suppliers.listed) <= 180
    AND DATEDIFF('day', trade.date, listed_suppliers.listed) <= 365
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
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  CASE WHEN trade.shipper_key = found._old THEN 'from the listed supplier on ' ELSE 'from the new supplier on ' END || CAST(trade.date AS VARCHAR) AS why
FROM found
INNER JOIN trade
  ON trade.consignee_key = found._buyer
  AND SUBSTR(trade.hs6, 1, 4) = found.heading
WHERE (trade.shipper_key = found._old OR trade.shipper_key = found._new)
  AND trade.date IS NOT NULL
ORDER BY
  found.subject_key ASC,
  trade.date ASC,
  trade.source_id ASC,
  trade.row_number ASC
