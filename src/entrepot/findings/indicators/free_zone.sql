-- id: free_zone
-- title: Foreign controlled goods sent on from a free zone
-- subject: party
-- meaning: A firm that its address or its legal form places in a free zone sends controlled goods, made in another country, to a destination outside the export-control coalition. In a free zone goods change owners and papers without entering the country, so that its own customs see less of them. Shipments whose goods text speaks for other goods than the declared code are not counted as controlled.
-- source: FATF, Money Laundering Vulnerabilities of Free Trade Zones, March 2010; OECD Recommendation on Countering Illicit Trade: Enhancing Transparency in Free Trade Zones, 2019; BIS, Best Practices for Transit, Transshipment and Reexport, 2011.
-- statement: {subject}, in a free zone by its {by} ("{words}"), sent {rows:int} shipments of controlled goods made in {origins:country} to {country:country} from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg}), {share:pct} of all that it sent
-- innocent: Trade through a free zone is lawful, and re-export is what such zones are for; regional warehouses of makers stand there; the firm may only have its registration in the zone.
-- reads: trade, mentions, sources, parties, party_members, code_doubts
-- include: same_party
-- parameter.least_rows: 3 | least number of shipments of foreign controlled goods to the destination
-- parameter.after_date: 2022-02-24 | shipments after this day are looked at
-- parameter.forms: (^;[^A-Z])(FZE;FZCO;FZC;FZ[ -]?L[.]?L[.]?C;DMCC)([^A-Z];$) | legal forms of firms in the free zones of the United Arab Emirates (implementing regulations of the Jebel Ali, Sharjah and RAK zones and of the Dubai Multi Commodities Centre), a regular expression with `;` for the bar
-- parameter.zones: FREE[ -]?(TRADE )?ZONE;FREE ECONOMIC ZONE;JAFZA;DAFZA;SAIF[ -]ZONE;RAKEZ;RAK FTZ;KIZAD;(SUBIC BAY;CLARK) FREEPORT;BONDED ZONE;ZONA FRANCA;ZONA LIBRE;ZOFRI;ZONE FRANCHE;SERBEST B[OÖ]LGE;СВОБОДН[А-Я]+ (ЭКОНОМИЧЕСК;ТАМОЖЕНН;ТОРГОВ)[А-Я]+ ЗОН;自由贸易;自贸区;保税区 | words of addresses in free zones: what the zones call themselves, in the languages of the places (FATF report, annex on zones; the authorities' own addresses)
-- parameter.not_words: DUTY[ -]FREE ZONE;SMOKE[ -]FREE;TARIFF[ -]FREE | words that only look like these
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- common
placed AS (
  SELECT
    mentions.name AS name,
    COALESCE(mentions.identifier, '') AS identifier,
    COALESCE(mentions.country, '') AS country,
    CASE
      WHEN REGEXP_MATCHES(UPPER(mentions.address), REPLACE($zones, ';', '|')) AND NOT REGEXP_MATCHES(UPPER(mentions.address), REPLACE($not_words, ';', '|')) THEN mentions.address
    END AS zone,
    CASE WHEN REGEXP_MATCHES(UPPER(mentions.name), REPLACE($forms, ';', '|')) THEN mentions.name END AS form
  FROM mentions
  WHERE mentions.role = 'shipper'
),
in_zones AS (
  SELECT
    placed.name AS name,
    placed.identifier AS identifier,
    placed.country AS country,
    CASE WHEN MIN(placed.zone) IS NULL THEN 'legal form' ELSE 'address' END AS by_what,
    COALESCE(MIN(placed.zone), MIN(placed.form)) AS words
  FROM placed
  WHERE placed.zone IS NOT NULL
    OR placed.form IS NOT NULL
  GROUP BY
    placed.name,
    placed.identifier,
    placed.country
),
lines AS (
  SELECT
    COALESCE(same_party.party, trade.shipper_key) AS party,
    trade.shipper_name AS name,
    in_zones.by_what AS by_what,
    in_zones.words AS words,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.origin_country AS origin,
    trade.destination_country AS destination,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    CASE WHEN trade.control_id IS NOT NULL AND code_doubts.row_number IS NULL AND trade.origin_country <> trade.dispatch_country AND trade.origin_country <> trade.destination_country AND trade.destination_country <> trade.dispatch_country AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', trade.destination_country, ',%') THEN 1 ELSE 0 END AS sent_on,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  INNER JOIN in_zones
    ON in_zones.name = trade.shipper_name
    AND in_zones.identifier = COALESCE(trade.shipper_id, '')
    AND in_zones.country = COALESCE(trade.shipper_country, '')
  LEFT JOIN same_party
    ON same_party.name_key = trade.shipper_key
    AND same_party.identifier = COALESCE(trade.shipper_id, '')
    AND same_party.country = COALESCE(trade.shipper_country, '')
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.shipper_key IS NOT NULL
    AND trade.date > CAST($after_date AS DATE)
)
-- query
-- A row: one firm in a free zone and one destination of foreign controlled goods.
WITH sent AS (
  SELECT
    lines.party AS party,
    COUNT(*) AS shipments
  FROM lines
  GROUP BY
    lines.party
),
per_party AS (
  SELECT
    lines.party AS party,
    lines.destination AS destination,
    MIN(lines.name) AS name,
    MIN(lines.by_what) AS by_what,
    COALESCE(MIN(CASE WHEN lines.by_what = 'address' THEN lines.words END), MIN(lines.words)) AS words,
    CASE WHEN COUNT(DISTINCT lines.origin) > 1 THEN CAST(COUNT(DISTINCT lines.origin) AS VARCHAR) || ' other countries' ELSE MIN(lines.origin) END AS origins,
    MIN(lines.hs6) AS hs6,
    MIN(lines.tier) AS tier,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  WHERE lines.sent_on = 1
  GROUP BY
    lines.party,
    lines.destination
),
everyone AS (
  SELECT
    COUNT(*) AS parties
  FROM sent
)
SELECT
  per_party.party || '|' || per_party.destination AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.by_what AS "by",
  per_party.words AS words,
  per_party.origins AS origins,
  per_party.destination AS country,
  per_party.hs6 AS hs6,
  per_party.tier AS tier,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  CAST(per_party."rows" AS DOUBLE) / sent.shipments AS share,
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  per_party.party AS _party,
  ROUND(
    0.3 * per_party."rows" / sent.shipments
    + 0.3 * CASE SUBSTR(COALESCE(per_party.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END
    + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(50.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
INNER JOIN sent
  ON sent.party = per_party.party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.party
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one shipment of foreign controlled goods from the firm to the destination.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'controlled code ' || lines.hs6 || ' made in ' || lines.origin || ' to ' || lines.destination || ' on ' || CAST(lines.date AS VARCHAR) AS why
FROM found
INNER JOIN lines
  ON lines.party = found._party
  AND lines.destination = found.country
WHERE lines.sent_on = 1
ORDER BY
  found.subject_key ASC,
  lines.date ASC,
  lines.source_id ASC,
  lines.row_number ASC
