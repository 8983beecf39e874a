-- A row: one identifier, telephone, mail address or postal address that stands beside a name in one role, with the first row that gives it.
-- Reads: shipments, name_keys (of one source).
WITH acts AS (
  SELECT
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    'shipper' AS role,
    shipments.shipper_name AS name,
    shipments.shipper_country AS country,
    shipments.shipper_id AS identifier,
    shipments.shipper_address AS address,
    shipments.shipper_contact AS contact
  FROM shipments
  UNION ALL
  SELECT
    shipments.source_id AS source_id,
    shipments.row_number AS row_number,
    'consignee' AS role,
    shipments.consignee_name AS name,
    shipments.consignee_country AS country,
    shipments.consignee_id AS identifier,
    shipments.consignee_address AS address,
    shipments.consignee_contact AS contact
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
    UPPER(acts.contact) AS contact,
    MIN(acts.row_number) AS row_number,
    COUNT(*) AS "rows"
  FROM acts
  INNER JOIN name_keys
    ON name_keys.name = acts.name
  WHERE name_keys.name_key IS NOT NULL
    AND (acts.identifier IS NOT NULL OR acts.address IS NOT NULL OR acts.contact IS NOT NULL)
  GROUP BY
    acts.source_id,
    acts.role,
    name_keys.name_key,
    acts.country,
    acts.identifier,
    UPPER(acts.address),
    UPPER(acts.contact)
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
    REGEXP_EXTRACT(
      keyed.address,
      '(?:(?:TEL|TLF|PHONE|PH|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^0-9+(]{0,4}[+]?|[+])[(]?[0-9][0-9 ().-]{6,18}[0-9]'
    ) AS telephone,
    -- without the telephone that an address may end with
    REGEXP_REPLACE(keyed.address, '(?:TEL|TLF|PHONE|FAX|MOB|GSM|ТЕЛ|ТЕЛЕФОН)[^A-ZА-Я]*[0-9]{3}.*$', '') AS address
  FROM keyed
),
places AS (
  SELECT
    split.source_id AS source_id,
    split.role AS role,
    split.name_key AS name_key,
    split.name AS name,
    split.country AS country,
    FOLD_ADDRESS(split.address) AS address,
    TRIM(split.address) AS written,
    split.row_number AS row_number,
    split."rows" AS "rows"
  FROM split
  WHERE split.address IS NOT NULL
),
-- columns of telephones and mail addresses, where the file has them
pieces AS (
  SELECT
    keyed.source_id AS source_id,
    keyed.role AS role,
    keyed.name_key AS name_key,
    keyed.name AS name,
    keyed.country AS country,
    keyed.row_number AS row_number,
    keyed."rows" AS "rows",
    -- a slash parts two numbers only before a plus: `030/1234567` is one
    UNNEST(STRING_SPLIT(REGEXP_REPLACE(REGEXP_REPLACE(keyed.contact, '/ *[+]', ',+', 'g'), '[;|\n]', ',', 'g'), ',')) AS piece
  FROM keyed
  WHERE keyed.contact IS NOT NULL
),
spelled AS (
  SELECT
    pieces.source_id AS source_id,
    pieces.role AS role,
    pieces.name_key AS name_key,
    pieces.name AS name,
    pieces.country AS country,
    pieces.row_number AS row_number,
    pieces."rows" AS "rows",
    LOWER(REGEXP_EXTRACT(pieces.piece, '[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}')) AS mail,
    -- neither the mail address, nor an extension, nor what a spreadsheet adds to a number
    REGEXP_REPLACE(
      REGEXP_REPLACE(REGEXP_REPLACE(pieces.piece, '[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}', ''), '(EXT|ДОБ|X)[^0-9]{0,3}[0-9]{1,6} *$', ''),
      '[.]0 *$',
      ''
    ) AS telephone
  FROM pieces
),
written AS (
  SELECT
    split.source_id AS source_id,
    split.role AS role,
    split.name_key AS name_key,
    split.name AS name,
    split.country AS country,
    split.telephone AS telephone,
    split.row_number AS row_number,
    split."rows" AS "rows"
  FROM split
  WHERE LENGTH(split.telephone) >= 8
  UNION ALL
  SELECT
    spelled.source_id AS source_id,
    spelled.role AS role,
    spelled.name_key AS name_key,
    spelled.name AS name,
    spelled.country AS country,
    spelled.telephone AS telephone,
    spelled.row_number AS row_number,
    spelled."rows" AS "rows"
  FROM spelled
  WHERE LENGTH(spelled.telephone) >= 8
),
digits AS (
  SELECT
    written.source_id AS source_id,
    written.role AS role,
    written.name_key AS name_key,
    written.name AS name,
    written.country AS country,
    REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(written.telephone, '(0)', ''), '[^0-9]', '', 'g'), '^00', '') AS number,
    STRPOS(written.telephone, '+') > 0 AS complete,
    written.row_number AS row_number,
    written."rows" AS "rows"
  FROM written
),
dialled AS (
  SELECT
    digits.source_id AS source_id,
    digits.role AS role,
    digits.name_key AS name_key,
    digits.name AS name,
    digits.country AS country,
    -- within Russia and Kazakhstan the trunk prefix 8, or nothing, stands where +7 stands from abroad (ITU-T E.164, list of prefixes);
    -- what follows a plus is complete
    CASE
      WHEN NOT digits.complete AND digits.country IN ('RU', 'KZ') AND LENGTH(digits.number) = 11 AND SUBSTR(digits.number, 1, 1) = '8' THEN CONCAT('7', SUBSTR(digits.number, 2))
      WHEN NOT digits.complete AND digits.country IN ('RU', 'KZ') AND LENGTH(digits.number) = 10 THEN CONCAT('7', digits.number)
      ELSE digits.number
    END AS number,
    digits.row_number AS row_number,
    digits."rows" AS "rows"
  FROM digits
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
    CAST(NULL AS VARCHAR) AS written,
    split.row_number AS row_number,
    split."rows" AS "rows"
  FROM split
  WHERE split.identifier IS NOT NULL
  UNION ALL
  SELECT
    dialled.source_id AS source_id,
    dialled.role AS role,
    dialled.name_key AS name_key,
    dialled.name AS name,
    dialled.country AS country,
    'telephone' AS kind,
    dialled.number AS contact,
    CAST(NULL AS VARCHAR) AS written,
    dialled.row_number AS row_number,
    dialled."rows" AS "rows"
  FROM dialled
  -- E.164 has fifteen digits at most; `00000000` and `1234567890` are nobody's
  WHERE LENGTH(dialled.number) BETWEEN 8 AND 15
    AND LENGTH(REPLACE(dialled.number, SUBSTR(dialled.number, LENGTH(dialled.number), 1), '')) >= 3
    AND STRPOS('01234567890123456789', dialled.number) = 0
  UNION ALL
  SELECT
    spelled.source_id AS source_id,
    spelled.role AS role,
    spelled.name_key AS name_key,
    spelled.name AS name,
    spelled.country AS country,
    'mail address' AS kind,
    spelled.mail AS contact,
    CAST(NULL AS VARCHAR) AS written,
    spelled.row_number AS row_number,
    spelled."rows" AS "rows"
  FROM spelled
  WHERE LENGTH(spelled.mail) > 0
  UNION ALL
  SELECT
    places.source_id AS source_id,
    places.role AS role,
    places.name_key AS name_key,
    places.name AS name,
    places.country AS country,
    'address' AS kind,
    places.address AS contact,
    places.written AS written,
    places.row_number AS row_number,
    places."rows" AS "rows"
  FROM places
  WHERE LENGTH(places.address) >= 15
    AND REGEXP_MATCHES(places.address, '[0-9]')
)
SELECT
  found.name_key AS name_key,
  MIN(found.name) AS name,
  found.role AS role,
  found.country AS country,
  found.kind AS kind,
  found.contact AS contact,
  MIN(found.written) AS written,
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
