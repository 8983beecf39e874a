-- id: business_misfit
-- title: Business that does not fit the goods
-- subject: party
-- meaning: The name states one narrow trade, for example a bakery or a florist, and the party received controlled goods that do not go with it. Shipments whose goods text speaks for other goods than the declared code are not counted as controlled.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 (customer's line of business does not fit the goods ordered); BIS, Know Your Customer guidance and red flags, 15 CFR Part 732, Supplement No. 3.
-- statement: {subject}, whose name states the trade "{trade_named}" ("{word}"), received {rows:int} shipments of controlled goods that do not go with it, {codes}, from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg})
-- innocent: A name outlives the business; one firm may have several lines; shops buy tills, cameras and computers for themselves; the word may be a trade mark or a surname.
-- reads: trade, name_trades, sources, parties, party_members, code_doubts
-- include: same_party
-- parameter.least_rows: 2 | least number of controlled shipments that do not fit
-- parameter.least_share: 0.2 | least share of these shipments among all of the party, unless a heading occurs twice among them: wrong codes are few and scatter, goods that are bought come again
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- common
lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS subject_key,
    trade.consignee_name AS name,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.row_number AS row_number,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg,
    name_trades.trade AS trade_named,
    name_trades.word AS word
  FROM trade
  INNER JOIN name_trades
    ON name_trades.source_id = trade.source_id
    AND name_trades.name = trade.consignee_name
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN code_doubts
    ON code_doubts.source_id = trade.source_id
    AND code_doubts.row_number = trade.row_number
  WHERE trade.consignee_key IS NOT NULL
    AND trade.control_id IS NOT NULL
    AND code_doubts.row_number IS NULL
    AND name_trades.fits NOT LIKE CONCAT('%;', SUBSTR(trade.hs6, 1, 2), ';%')
    AND name_trades.fits NOT LIKE CONCAT('%;', SUBSTR(trade.hs6, 1, 4), ';%')
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%')
)
-- query
-- A row: one consignee with its controlled shipments that do not go with the trade of its name.
WITH headings AS (
  SELECT
    lines.subject_key AS subject_key,
    SUBSTR(lines.hs6, 1, 4) AS heading,
    COUNT(*) AS "rows"
  FROM lines
  GROUP BY
    lines.subject_key,
    SUBSTR(lines.hs6, 1, 4)
),
repeated AS (
  SELECT
    headings.subject_key AS subject_key,
    MAX(headings."rows") AS most,
    SUM(headings."rows") AS misfits
  FROM headings
  GROUP BY
    headings.subject_key
),
of_all AS (
  SELECT
    repeated.subject_key AS subject_key,
    COUNT(*) AS shipments
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  INNER JOIN repeated
    ON repeated.subject_key = COALESCE(same_party.party, trade.consignee_key)
  GROUP BY
    repeated.subject_key
),
no_slips AS (
  SELECT
    repeated.subject_key AS subject_key
  FROM repeated
  INNER JOIN of_all
    ON of_all.subject_key = repeated.subject_key
  WHERE repeated.most >= 2
    OR repeated.misfits >= $least_share * of_all.shipments
),
per_party AS (
  SELECT
    lines.subject_key AS subject_key,
    MIN(lines.name) AS name,
    MIN(lines.country) AS country,
    MIN(lines.hs6) AS hs6,
    MAX(lines.hs6) AS last_hs6,
    COUNT(DISTINCT lines.hs6) AS different_codes,
    MIN(lines.tier) AS tier,
    MIN(lines.trade_named) AS trade_named,
    MIN(lines.word) AS word,
    MIN(lines.date) AS date_from,
    MAX(lines.date) AS date_to,
    COUNT(*) AS "rows",
    CAST(SUM(CAST(lines.value_usd AS DECIMAL(18, 2))) AS DOUBLE) AS value_usd,
    CAST(SUM(CAST(lines.net_kg AS DECIMAL(18, 3))) AS DOUBLE) AS net_kg,
    MIN(sources.synthetic) AS synthetic
  FROM lines
  INNER JOIN no_slips
    ON no_slips.subject_key = lines.subject_key
  INNER JOIN sources
    ON sources.source_id = lines.source_id
  GROUP BY
    lines.subject_key
),
everyone AS (
  SELECT
    COUNT(DISTINCT COALESCE(same_party.party, trade.consignee_key)) AS parties
  FROM trade
  INNER JOIN name_trades
    ON name_trades.source_id = trade.source_id
    AND name_trades.name = trade.consignee_name
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  CASE
    WHEN per_party.different_codes <= 1 THEN 'code ' || per_party.hs6
    WHEN per_party.different_codes = 2 THEN 'codes ' || per_party.hs6 || ' and ' || per_party.last_hs6
    ELSE CAST(per_party.different_codes AS VARCHAR) || ' codes, ' || per_party.hs6 || ' and ' || per_party.last_hs6 || ' among them'
  END AS codes,
  per_party.tier AS tier,
  per_party.trade_named AS trade_named,
  per_party.word AS word,
  per_party.date_from AS date_from,
  per_party.date_to AS date_to,
  per_party."rows" AS "rows",
  per_party.value_usd AS value_usd,
  per_party.net_kg AS net_kg,
  per_party.synthetic AS synthetic,
  ROUND(
    0.3 + 0.4 * CASE SUBSTR(COALESCE(per_party.tier, '9'), 1, 1) WHEN '1' THEN 1.0 WHEN '2' THEN 0.8 WHEN '3' THEN 0.6 WHEN '4' THEN 0.4 ELSE 0.3 END
    + 0.3 * LEAST(1.0, LN(1.0 + per_party."rows") / LN(50.0)),
    4
  ) AS strength,
  everyone.parties AS compared
FROM per_party
CROSS JOIN everyone
LEFT JOIN parties
  ON parties.name_key = per_party.subject_key
WHERE per_party."rows" >= $least_rows
-- evidence
-- A row: one controlled shipment that does not go with the trade of the name.
SELECT
  found.subject_key AS subject_key,
  lines.source_id AS source_id,
  lines.row_number AS row_number,
  'controlled code ' || lines.hs6 || ' for "' || lines.name || '"' || COALESCE(' on ' || CAST(lines.date AS VARCHAR), '') AS why
FROM found
INNER JOIN lines
  ON lines.subject_key = found.subject_key
ORDER BY
  found.subject_key ASC,
  lines.date ASC NULLS LAST,
  lines.source_id ASC,
  lines.row_number ASC
