#!/usr/bin/env bash
# Makes the base images where no image registry can be reached: Debian by debootstrap from this machine's own package mirror, Node.js from the
# npm package that carries its binary, PostgreSQL and Valkey from Debian. They are called offline/<name>, so that nobody takes them for the
# official ones, and are made on an engine of our own only (scripts/containers/engine.mjs). Prints the build arguments to use them with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
docker() { command "$(command -v /usr/bin/docker || echo docker)" "$@"; }

suite=trixie
node_version=24.21.0
npm_version=11.21.2
has() { docker image inspect "$1" >/dev/null 2>&1; }
say() { echo "$@" >&2; }

if ! docker info --format '{{json .Labels}}' | grep -q 'mortise.engine=own'; then
  say 'This engine is not one that scripts/containers/engine.mjs started. Real base images belong on it: docker pull fetches them.'
  exit 78
fi
[ "$(id -u)" = 0 ] || { say 'debootstrap needs root.'; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)

# a container of the base, changed and committed: layers of their own, no Dockerfile, no network but the package mirror
image() { # image <name> <script> [docker commit options …]
  local name=$1 script=$2 id
  shift 2
  has "$name" && return 0
  say "making $name"
  id=$(docker create --network host -v "$work:/given:ro" offline/debian:$suite-slim sh -euc "$script")
  docker start -a "$id" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; docker rm -f "$id" >/dev/null; exit 1; }
  docker commit "$@" "$id" "$name" >/dev/null
  docker rm "$id" >/dev/null
}

if ! has offline/debian:$suite-slim; then
  say "making offline/debian:$suite-slim"
  debootstrap --variant=minbase $suite "$work/debian" "$mirror" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
  rm -rf "$work/debian/var/cache/apt/archives" "$work/debian/var/lib/apt/lists" "$work/debian/usr/share/doc" "$work/debian/usr/share/man" "$work/debian/usr/share/locale"
  mkdir -p "$work/debian/var/cache/apt/archives/partial" "$work/debian/var/lib/apt/lists/partial"
  tar -C "$work/debian" -c . | docker import --change 'CMD ["bash"]' - offline/debian:$suite-slim >/dev/null
  rm -rf "$work/debian"
fi

if ! has offline/node:24-$suite-slim; then
  case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) say "No Node.js for $(uname -m)."; exit 1 ;; esac
  (cd "$work" && npm pack --silent "node-linux-$arch@$node_version" "npm@$npm_version" >/dev/null)
  image offline/node:24-$suite-slim "
    groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node
    mkdir -p /usr/local/lib/node_modules/npm
    tar -xzf /given/node-linux-$arch-$node_version.tgz -C /usr/local --strip-components=1 package/bin/node
    tar -xzf /given/npm-$npm_version.tgz -C /usr/local/lib/node_modules/npm --strip-components=1
    ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
    ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
    node --version && npm --version" -c 'CMD ["node"]'
fi

# like the official image: the cluster is made at the first start, with the password from a file, and runs as 999
cat >"$work/postgres-entrypoint" <<'SCRIPT'
#!/bin/sh
set -eu
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username "${POSTGRES_USER:-postgres}" --pwfile "$POSTGRES_PASSWORD_FILE" --auth-local trust --auth-host scram-sha-256 \
    --encoding UTF8 --locale C.UTF-8 ${POSTGRES_INITDB_ARGS:-}
  printf 'host all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
fi
exec "$@"
SCRIPT
image offline/postgres:17-$suite '
  groupadd --system --gid 999 postgres && useradd --system --gid postgres --uid 999 --home-dir /var/lib/postgresql postgres
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends postgresql-common
  echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf
  apt-get install -y -qq --no-install-recommends postgresql-17
  rm -rf /var/lib/apt/lists/*
  install -d -o postgres -g postgres -m 3777 /var/run/postgresql
  install -d -o postgres -g postgres -m 1777 /var/lib/postgresql/data
  install -m 755 /given/postgres-entrypoint /usr/local/bin/docker-entrypoint.sh' \
  -c 'ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data' \
  -c 'VOLUME /var/lib/postgresql/data' -c 'ENTRYPOINT ["docker-entrypoint.sh"]' -c 'EXPOSE 5432' -c 'CMD ["postgres"]'

image offline/valkey:8.1 '
  groupadd --system --gid 999 valkey && useradd --system --gid valkey --uid 999 valkey
  apt-get update -qq && apt-get install -y -qq --no-install-recommends valkey-server valkey-tools
  rm -rf /var/lib/apt/lists/* && install -d -o valkey -g valkey /data' \
  -c 'VOLUME /data' -c 'WORKDIR /data' -c 'EXPOSE 6379' -c 'CMD ["valkey-server"]'

cat <<VALUES
NODE_IMAGE=offline/node:24-$suite-slim
DEBIAN_IMAGE=offline/debian:$suite-slim
POSTGRES_IMAGE=offline/postgres:17-$suite
VALKEY_IMAGE=offline/valkey:8.1
VALUES
