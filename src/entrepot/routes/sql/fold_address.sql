-- What FOLD_ADDRESS(column) stands for: an address in upper case, so that one place written in two ways is one.
-- Words for streets are written out or shortened: they are replaced as words, then signs and spaces go.
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
  CONCAT(' ', REGEXP_REPLACE(address_text, '[ ,;:./()#№"-]+', ' ', 'g'), ' '),
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
  ' ', '')
