-- id: tactical_parcels
-- title: Parcels with military gear out of the country
-- subject: party
-- meaning: A sender posts small parcels abroad whose goods text names military or tactical gear.
-- source: BIS, Know Your Customer guidance, 15 CFR Part 732, Supplement No. 3; UN Office for Disarmament Affairs and WCO, small arms and light weapons in the post; each designator or text rule with its own source.
-- statement: {subject} sent {rows:int} parcels abroad by {modes} whose text names military gear ("{words}"), from {date_from} to {date_to} ({net_kg:kg})
-- innocent: Collectors, re-enactors and players of airsoft post used gear; replicas carry the names of the originals; a soldier's family sends clothing.
-- reads: trade, shipments, goods_controls, sources, parties, party_members
-- include: same_party
-- parameter.most_kg: 31.5 | heaviest parcel; the post takes parcels up to 31.5 kg at most (Universal Postal Union, Parcel Post: 20 kg, by agreement 31.5)
-- parameter.least_rows: 1 | least number of parcels
-- parameter.least_confidence: 0.6 | least confidence that the words mean these goods
-- A row: one sender with its parcels.
WITH hits AS (
  SELECT
    goods_controls.goods_text AS goods_text,
    MIN(goods_controls.control_id) AS control_id,
    MIN(goods_controls.why) AS why
  FROM goods_controls
  WHERE goods_controls.kind IN ('designator', 'text_rule')
    AND goods_controls.confidence >= $least_confidence
  GROUP BY
    goods_controls.goods_text
),
parcels AS (
  SELECT
    COALESCE(same_party.party, trade.shipper_key) AS subject_key,
    trade.shipper_name AS name,
    trade.destination_country AS country,
    trade.transport_mode AS transport_mode,
    trade.hs6 AS hs6,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    hits.why AS why,
    hits.control_id AS control_id,
    sources.synthetic AS synthetic
  FROM trade
  INNER JOIN shipments
    ON shipments.source_id = trade.source_id
    AND shipments.row_number = trade.row_number
  LEFT JOIN same_party
    ON same_party.name_key = trade.shipper_key
    AND same_party.identifier = COALESCE(trade.shipper_id, '')
    AND same_party.country = COALESCE(trade.shipper_country, '')
  INNER JOIN sources
    ON sources.source_id = trade.source_id
  LEFT JOIN hits
    ON hits.goods_text = shipments.goods_text
  WHERE trade.shipper_key IS NOT NULL
    AND trade.transport_mode = 'post'
    AND COALESCE(trade.net_kg, 0.0) <= $most_kg
    AND (trade.destination_country IS NULL OR trade.dispatch_country IS NULL OR trade.destination_country <> trade.dispatch_country)
),
everyone AS (
  SELECT
    COUNT(DISTINCT parcels.subject_key) AS senders
  FROM parcels
),
per_party AS (
  SELECT
    parcels.subject_key AS subject_key,
    MIN(parcels.name) AS name,
    MIN(parcels.country) AS country,
    MIN(parcels.transport_mode) AS modes,
    MIN(parcels.hs6) AS hs6,
    MIN(parcels.why) AS words,
    COUNT(DISTINCT parcels.control_id) AS kinds,
    MIN(parcels.date) AS date_from,
    MAX(parcels.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(parcels.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(parcels.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(parcels.synthetic) AS synthetic
  FROM parcels
  WHERE parcels.control_id IS NOT NULL
  GROUP BY
    parcels.subject_key
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.modes AS modes,
  per_party.hs6 AS hs6,
  per_party.words AS words,
  per_party.kinds AS kinds,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  ROUND(
    0.4 + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(10.0)) + 0.3 * LEAST(1.0, per_party.kinds / 3.0),
    4
  ) AS strength,
  everyone.senders AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one parcel whose text names military gear.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  MIN('"' || goods_controls.why || '" in a parcel to ' || COALESCE(trade.destination_country, 'an unknown country') || COALESCE(' on ' || CAST(trade.date AS VARCHAR), '')) AS why
FROM trade
LEFT JOIN same_party
  ON same_party.name_key = trade.shipper_key
  AND same_party.identifier = COALESCE(trade.shipper_id, '')
  AND same_party.country = COALESCE(trade.shipper_country, '')
INNER JOIN found
  ON found.subject_key = COALESCE(same_party.party, trade.shipper_key)
INNER JOIN shipments
  ON shipments.source_id = trade.source_id
  AND shipments.row_number = trade.row_number
INNER JOIN goods_controls
  ON goods_controls.goods_text = shipments.goods_text
WHERE trade.transport_mode = 'post'
  AND COALESCE(trade.net_kg, 0.0) <= $most_kg
  AND goods_controls.kind IN ('designator', 'text_rule')
  AND goods_controls.confidence >= $least_confidence
GROUP BY
  found.subject_key,
  trade.source_id,
  trade.row_number
ORDER BY
  found.subject_key ASC,
  trade.source_id ASC,
  trade.row_number ASC
