#!/bin/sh
# Runs once, when PostgreSQL's volume is new: a database and a role each for n8n and for the identity store.
# The store's role may connect to its database and owns one schema there, and nothing else.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
	--set n8n_password="$N8N_DB_PASSWORD" --set store_password="$STORE_DB_PASSWORD" <<'SQL'
CREATE ROLE n8n LOGIN PASSWORD :'n8n_password';
CREATE DATABASE n8n OWNER n8n;
REVOKE ALL ON DATABASE n8n FROM PUBLIC;
CREATE ROLE customer360 LOGIN PASSWORD :'store_password';
CREATE DATABASE customer360;
REVOKE ALL ON DATABASE customer360 FROM PUBLIC;
GRANT CONNECT ON DATABASE customer360 TO customer360;
\connect customer360
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA customer360 AUTHORIZATION customer360;
SQL
