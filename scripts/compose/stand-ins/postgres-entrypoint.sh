#!/usr/bin/env bash
# The part of the official image's entrypoint that docker-compose.yml relies on: variables
# POSTGRES_PASSWORD_FILE, POSTGRES_USER, POSTGRES_DB, POSTGRES_INITDB_ARGS and PGDATA; set-up at
# the first start; then the server as process 1.
set -euo pipefail

user="${POSTGRES_USER:-postgres}"
database="${POSTGRES_DB:-$user}"

if [[ ! -s "$PGDATA/PG_VERSION" ]]; then
  : "${POSTGRES_PASSWORD_FILE:?is needed at the first start}"
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  # Words of the arguments are split on purpose, as the official image does.
  # shellcheck disable=SC2086
  initdb --pgdata="$PGDATA" --username="$user" --pwfile="$POSTGRES_PASSWORD_FILE" \
    --auth-host=scram-sha-256 --auth-local=trust ${POSTGRES_INITDB_ARGS:-}
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  sed -i "s/^#\?listen_addresses.*/listen_addresses = '*'/" "$PGDATA/postgresql.conf"
  if [[ "$database" != postgres ]]; then
    printf 'CREATE DATABASE "%s";\n' "$database" |
      postgres --single -D "$PGDATA" postgres >/dev/null
  fi
fi

exec "$@"
