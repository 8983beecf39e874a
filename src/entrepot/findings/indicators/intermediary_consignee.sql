-- id: intermediary_consignee
-- title: Forwarder, bank or mail centre as final consignee
-- subject: party
-- meaning: The final consignee of controlled goods is, by its name in half of its shipments or more, a forwarder, a customs broker, a bank or a mail centre: a party that moves or pays for goods and does not use them. A bank whose name goes on to state another trade, such as River Bank Foods, is none.
-- source: FinCEN and BIS joint alert FIN-2022-Alert003 of 28 June 2022 and FIN-2023-Alert004 of 19 May 2023 (a freight forwarding firm, or a bank, listed as the final destination or consignee); BIS, Know Your Customer guidance, 15 CFR Part 732, Supplement No. 3.
-- statement: {subject}, by its name an intermediary ({kind}), is the final consignee of {rows:int} shipments of controlled goods from {date_from} to {date_to} ({value_usd:usd}, {net_kg:kg})
-- innocent: A forwarder may be named because the buyer's own address is on another document; banks and carriers buy computers and telephones for themselves; the word may be a trade mark or a surname.
-- reads: trade, name_trades, sources, parties, party_members
-- include: same_party
-- parameter.least_rows: 2 | least number of controlled shipments
-- parameter.forwarders: FREIGHT;(^;[^A-Z])SHIPPING;INTERNATIONAL TRANSPORT([^A-Z];$);TRANSPORTATION;TRANSPORT SERVICE;ТРАНСПОРТНО-;FORWARDING;FORWARDER;LOGISTIC;CARGO;CUSTOMS BROK;CUSTOMS CLEAR;EXPEDIT;ЭКСПЕДИ;ЛОГИСТИК;КАРГО;ГРУЗОПЕРЕВОЗ;ТАМОЖЕНН;EKSPEDI;LOGISTIK;TAMOZHENN;NAKLIYAT;NAKLİYAT;LOJISTIK;LOJİSTİK;KARGO;GUMRUK;GÜMRÜK;SPEDITION;TRANSITARIO;AGENCIA DE ADUANA;货运;物流;报关 | parts of upper-case names that state forwarding or customs brokerage, a regular expression with `;` for the bar
-- parameter.banks: (^;[^A-ZА-Я])BANK([^A-ZА-Я];$);BANKASI;(^;[^A-ZА-Я])БАНК([^A-ZА-Я];$);BANCO ;BANQUE;银行 | the same for banks
-- parameter.mail: PARCEL;(^;[^A-Z])MAIL([^A-Z];ING;BOX;ROOM;$);COURIER;POSTAL;(^;[^A-Z])POSTA([^A-Z];$);(^;[^A-Z])POST OFFICE;ПОЧТ;КУРЬЕР;ПОСЫЛ;POCHT;KURER;KURYE;CORREO;邮件;邮政;快递 | the same for mail and parcel centres
-- parameter.not_words: RACKING;SHELV;СТЕЛЛАЖ;STELLAZH;RAF SIST;RAF SİST;货架;BANKNOTE;POWER BANK;FORKLIFT;SOFTWARE;EQUIPMENT | names with such words make or sell things
-- parameter.coalition: AU,AT,BE,BG,CA,HR,CY,CZ,DK,EE,FI,FR,DE,GR,HU,IS,IE,IT,JP,LV,LI,LT,LU,MT,NL,NZ,NO,PL,PT,RO,SK,SI,KR,ES,SE,CH,TW,GB,US | Global Export Control Coalition with the United States, alpha-2 (15 CFR Part 746, Supplement No. 3): destinations in it are left out
-- A row: one consignee whose name states an intermediary, with its controlled shipments.
WITH lines AS (
  SELECT
    COALESCE(same_party.party, trade.consignee_key) AS subject_key,
    trade.consignee_name AS name,
    CASE
      WHEN REGEXP_MATCHES(UPPER(trade.consignee_name), REPLACE($forwarders, ';', '|')) THEN 'forwarder or broker'
      WHEN REGEXP_MATCHES(UPPER(trade.consignee_name), REPLACE($banks, ';', '|')) THEN 'bank'
      WHEN REGEXP_MATCHES(UPPER(trade.consignee_name), REPLACE($mail, ';', '|')) THEN 'mail centre'
    END AS kind,
    trade.destination_country AS country,
    trade.source_id AS source_id,
    trade.hs6 AS hs6,
    trade.tier AS tier,
    trade.control_id AS control_id,
    trade.date AS date,
    trade.value_usd AS value_usd,
    trade.net_kg AS net_kg
  FROM trade
  LEFT JOIN same_party
    ON same_party.name_key = trade.consignee_key
    AND same_party.identifier = COALESCE(trade.consignee_id, '')
    AND same_party.country = COALESCE(trade.consignee_country, '')
  LEFT JOIN name_trades
    ON name_trades.source_id = trade.source_id
    AND name_trades.name = trade.consignee_name
  WHERE trade.consignee_key IS NOT NULL
    AND trade.control_id IS NOT NULL
    AND NOT REGEXP_MATCHES(UPPER(trade.consignee_name), REPLACE($not_words, ';', '|'))
    AND NOT (name_trades.word IS NOT NULL AND STRPOS(UPPER(trade.consignee_name), 'BANK') BETWEEN 1 AND STRPOS(UPPER(trade.consignee_name), UPPER(name_trades.word)))
    AND CONCAT(',', $coalition, ',') NOT LIKE CONCAT('%,', COALESCE(trade.destination_country, '?'), ',%')
),
per_party AS (
  SELECT
    lines.subject_key AS subject_key,
    MIN(lines.name) AS name,
    CASE WHEN 2 * COUNT(lines.kind) >= COUNT(*) THEN MIN(lines.kind) END AS kind,
    MIN(lines.country) AS country,
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
  GROUP BY
    lines.subject_key
),
everyone AS (
  SELECT
    COUNT(*) AS parties
  FROM per_party
)
SELECT
  per_party.subject_key AS subject_key,
  COALESCE(parties.name, per_party.name) AS subject,
  per_party.kind AS kind,
  per_party.country AS country,
  per_party.hs6 AS hs6,
  per_party.tier AS tier,
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
WHERE per_party.kind IS NOT NULL
  AND per_party."rows" >= $least_rows
-- evidence
-- A row: one shipment of controlled goods to the intermediary.
SELECT
  found.subject_key AS subject_key,
  trade.source_id AS source_id,
  trade.row_number AS row_number,
  'controlled code ' || trade.hs6 || ' to "' || trade.consignee_name || '"' || COALESCE(' on ' || CAST(trade.date AS VARCHAR), '') AS why
FROM trade
LEFT JOIN same_party
  ON same_party.name_key = trade.consignee_key
  AND same_party.identifier = COALESCE(trade.consignee_id, '')
  AND same_party.country = COALESCE(trade.consignee_country, '')
INNER JOIN found
  ON found.subject_key = COALESCE(same_party.party, trade.consignee_key)
WHERE trade.control_id IS NOT NULL
ORDER BY
  found.subject_key ASC,
  trade.date ASC NULLS LAST,
  trade.source_id ASC,
  trade.row_number ASC
