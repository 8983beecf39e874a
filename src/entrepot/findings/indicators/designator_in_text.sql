-- id: designator_in_text
-- title: Military designator or a part found in weapons in the goods text
-- subject: party
-- meaning: The words of the goods text name a military model, or a part number that was found in weapons. Parts with such numbers are made for civil use too. Calibres and classes of protection are standards that civil goods bear too and do not count alone.
-- source: GUR, War and Sanctions, components found in weapons; FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (items of concern); each designator with its own source.
-- statement: {subject} is named in {rows:int} shipments whose text holds "{words}" ({what}), from {date_from} to {date_to}, for example: {goods_text}
-- innocent: The same letters name screws, games, lamps or trade marks; a part found in a weapon is sold by the million for civil devices; the goods may be replicas, spare parts for museums or licensed.
-- reads: trade, shipments, goods_controls, sources, parties, party_members
-- include: same_party, sides
-- parameter.least_confidence: 0.7 | least confidence that the words mean these goods; below it words that speak for the weapon are missing
-- parameter.least_confidence_of_word: 0.85 | the same for designators without a figure, which are ordinary words or names too
-- parameter.least_rows: 1 | least number of shipments
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): part numbers on the way to it are left out, military designators are not
-- common
hits AS (
  SELECT
    goods_controls.goods_text AS goods_text,
    COALESCE(goods_controls.hs_code, '') AS hs_code,
    MIN(goods_controls.kind) AS kind,
    MIN(goods_controls.control_id) AS control_id,
    MIN(goods_controls.title) AS title,
    MIN(goods_controls.why) AS why,
    MAX(goods_controls.confidence) AS confidence
  FROM goods_controls
  WHERE goods_controls.kind IN ('designator', 'marking')
    AND COALESCE(goods_controls.tier, '') NOT IN ('calibre', 'armour class')
    AND goods_controls.confidence >= $least_confidence
    AND (goods_controls.confidence >= $least_confidence_of_word OR goods_controls.control_id <> TRANSLATE(goods_controls.control_id, '0123456789', ''))
  GROUP BY
    goods_controls.goods_text,
    COALESCE(goods_controls.hs_code, '')
),
lines AS (
  SELECT
    COALESCE(sides.consignee, sides.shipper) AS subject_key,
    COALESCE(trade.consignee_name, trade.shipper_name) AS name,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.hs6 AS hs6,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    shipments.goods_text AS goods_text,
    hits.kind AS kind,
    hits.title AS title,
    hits.why AS why,
    hits.confidence AS confidence
  FROM trade
  INNER JOIN shipments
    ON shipments.source_id = trade.source_id
    AND shipments.row_number = trade.row_number
  INNER JOIN hits
    ON hits.goods_text = shipments.goods_text
    AND hits.hs_code = COALESCE(shipments.hs_code, '')
  INNER JOIN sides
    ON sides.source_id = trade.source_id
    AND sides.row_number = trade.row_number
  WHERE COALESCE(trade.consignee_key, trade.shipper_key) IS NOT NULL
    AND (hits.kind = 'designator' OR CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%'))
)
-- query
-- A row: one party with the shipments whose text holds a designator or a marking.
WITH per_party AS (
  SELECT
    lines.subject_key AS subject_key,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.hs6) AS hs6,
    MIN(lines.kind) AS kind,
    MIN(lines.why) AS words,
    MIN(lines.title) AS what,
    MIN(lines.goods_text) AS goods_text,
    MAX(lines.confidence) AS confidence,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  GROUP BY
    lines.subject_key
),
everyone AS (
  SELECT
    COUNT(DISTINCT parties.party_key) AS parties
  FROM parties
  WHERE parties.roles LIKE '%consignee%'
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.kind AS kind,
  per_party.words AS words,
  per_party.what AS what,
  per_party.goods_text AS goods_text,
  per_party.confidence AS confidence,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  ROUND(per_party.confidence * (0.7 + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(50.0))), 4) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one shipment with the words of its text.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  '"' || lines.why || '" in: ' || lines.goods_text AS why
FROM found
INNER JOIN lines
  ON lines.subject_key = found.subject_key
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.source_id ASC,
  lines.row_number ASC
