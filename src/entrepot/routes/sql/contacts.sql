-- A row: one identifier, telephone or address that stands beside a name in one role, with the first row that gives it.
-- Reads: shipments, name_keys (of one source).
WITH acts AS (
  SELECT
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    'shipper' AS role,
    shipments.shipper_name AS name,
    shipments.shipper_country AS country,
    shipments.shipper_id AS identifier,
    shipments.shipper_address AS address
  FROM shipments
  UNION ALL
  SELECT
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    'consignee' AS role,
    shipments.consignee_name AS name,
    shipments.consignee_country AS country,
    shipments.consignee_id AS identifier,
    shipments.consignee_address AS address
  FROM shipments
),
keyed AS (
  SELECT
    acts.source_id AS source_id,
    acts.role AS role,
    name_keys.name_key AS name_key,
    MIN(acts.name) AS name,
    acts.country AS country,
    acts.identifier AS identifier,
    UPPER(acts.address) AS address,
    MIN(acts.row_number) AS row_number,
    COUNT(*) AS "rows"
  FROM acts
  INNER JOIN name_keys
    ON name_keys.name = acts.name
  WHERE name_keys.name_key IS NOT NULL
    AND (acts.identifier IS NOT NULL OR acts.address IS NOT NULL)
  GROUP BY
    acts.source_id,
    acts.role,
    name_keys.name_key,
    acts.country,
    acts.identifier,
    UPPER(acts.address)
),
split AS (
  SELECT
    keyed.source_id AS source_id,
    keyed.role AS role,
    keyed.name_key AS name_key,
    keyed.name AS name,
    keyed.country AS country,
    keyed.identifier AS identifier,
    keyed.row_number AS row_number,
    keyed."rows" AS "rows",
    REGEXP_REPLACE(
      REGEXP_EXTRACT(
        keyed.address,
        '(?:(?:TEL|TLF|PHONE|PH|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^0-9+(]{0,4}|[+])[(]?([0-9][0-9 ().-]{6,18}[0-9])',
        1
      ),
      '[^0-9]',
      '',
      'g'
    ) AS telephone,
    -- words for streets are written out or shortened: they are replaced as words, then the spaces go; contact_of_listed does the same
    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
      CONCAT(' ', REGEXP_REPLACE(REGEXP_REPLACE(keyed.address, '(?:TEL|TLF|PHONE|FAX|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^A-ZА-Я]*[0-9]{3}.*$', ''), '[ ,;:./()#№"-]+', ' ', 'g'), ' '),
      ' STREET ', ' ST '),
      ' STR ', ' ST '),
      ' AVENUE ', ' AV '),
      ' AVE ', ' AV '),
      ' ROAD ', ' RD '),
      ' BUILDING ', ' BLDG '),
      ' BLD ', ' BLDG '),
      ' УЛИЦА ', ' УЛ '),
      ' ПРОСПЕКТ ', ' ПР '),
      ' CADDESI ', ' CAD '),
      ' CADDESİ ', ' CAD '),
      ' SOKAK ', ' SOK '),
      ' SOKAGI ', ' SOK '),
      ' SOKAĞI ', ' SOK '),
      ' MAHALLESI ', ' MAH '),
      ' MAHALLESİ ', ' MAH '),
      ' ', '') AS address
  FROM keyed
),
found AS (
  SELECT
    split.source_id AS source_id,
    split.role AS role,
    split.name_key AS name_key,
    split.name AS name,
    split.country AS country,
    'identifier' AS kind,
    split.identifier AS contact,
    split.row_number AS row_number,
    split."rows" AS "rows"
  FROM split
  WHERE split.identifier IS NOT NULL
  UNION ALL
  SELECT
    split.source_id AS source_id,
    split.role AS role,
    split.name_key AS name_key,
    split.name AS name,
    split.country AS country,
    'telephone' AS kind,
    split.telephone AS contact,
    split.row_number AS row_number,
    split."rows" AS "rows"
  FROM split
  WHERE LENGTH(split.telephone) >= 8
  UNION ALL
  SELECT
    split.source_id AS source_id,
    split.role AS role,
    split.name_key AS name_key,
    split.name AS name,
    split.country AS country,
    'address' AS kind,
    split.address AS contact,
    split.row_number AS row_number,
    split."rows" AS "rows"
  FROM split
  WHERE LENGTH(split.address) >= 15
    AND REGEXP_MATCHES(split.address, '[0-9]')
)
SELECT
  found.name_key AS name_key,
  MIN(found.name) AS name,
  found.role AS role,
  found.country AS country,
  found.kind AS kind,
  found.contact AS contact,
  found.source_id AS source_id,
  MIN(found.row_number) AS row_number,
  CAST(SUM(found."rows") AS BIGINT) AS "rows"
FROM found
GROUP BY
  found.source_id,
  found.name_key,
  found.role,
  found.country,
  found.kind,
  found.contact
ORDER BY name_key ASC, role ASC, kind ASC, contact ASC, country ASC, source_id ASC
