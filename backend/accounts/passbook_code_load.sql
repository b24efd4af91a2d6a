-- The household a slip is printed for is the caller's; its account, once it has one.
SELECT p.head_name_masked,
       accounts.id AS account_id
FROM registry_passbooks AS p
LEFT JOIN accounts
       ON accounts.login = 'passbook:' || p.county || '-' || p.household_id
WHERE p.county = :household_county
  AND p.household_id = :household_id::uuid
  AND area_within(p.area_code, :actor_areas::text[])
