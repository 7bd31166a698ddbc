#!/bin/sh
# The first start of the database: the role that owns, the role that serves, and their database.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --no-psqlrc --quiet \
    --set ON_ERROR_STOP=1 \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
SET log_statement = 'none';
CREATE ROLE cleared_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE cleared_app LOGIN PASSWORD :'app_password';
ALTER ROLE cleared_app SET statement_timeout = '900s';
ALTER ROLE cleared_app SET lock_timeout = '30s';
ALTER ROLE cleared_app SET idle_in_transaction_session_timeout = '600s';
CREATE DATABASE cleared OWNER cleared_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE cleared FROM PUBLIC;
GRANT CONNECT ON DATABASE cleared TO cleared_app;
SQL
