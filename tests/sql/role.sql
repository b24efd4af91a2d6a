-- The application's role: no superuser, owner of nothing, no DDL, nothing for PUBLIC. Run as that role.
SELECT CASE WHEN holds THEN 'ok ' ELSE 'not ok ' END || words
FROM (VALUES
    ('is the application''s role', current_user = 'shanhuo_app'),
    ('has no special attribute', (SELECT NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls) FROM pg_roles WHERE rolname = current_user)),
    ('is a member of no other role', NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member WHERE r.rolname = current_user)),
    ('owns nothing', NOT EXISTS (SELECT FROM pg_class WHERE relowner = current_user::regrole)
        AND NOT EXISTS (SELECT FROM pg_proc WHERE proowner = current_user::regrole)),
    ('cannot create in the schema', NOT has_schema_privilege('public', 'CREATE')),
    ('cannot create schemas', NOT has_database_privilege(current_database(), 'CREATE')),
    ('may truncate nothing', NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege(oid, 'TRUNCATE'))),
    ('may make no trigger', NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege(oid, 'TRIGGER'))),
    ('PUBLIC may nothing with tables', NOT EXISTS (SELECT FROM pg_class, aclexplode(relacl) AS a WHERE relnamespace = 'public'::regnamespace AND a.grantee = 0
        AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = pg_class.oid AND d.deptype = 'e')))
) AS facts (words, holds);
