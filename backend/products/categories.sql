-- Every kind of goods, for menus and forms.
SELECT code AS category_code,
       name_zh,
       name_en,
       base_unit,
       covered
FROM categories
ORDER BY code
LIMIT :limit
