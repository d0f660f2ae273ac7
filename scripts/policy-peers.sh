#!/usr/bin/env bash
# Brings policy engines of others into node_modules/.outside, for bench/figures/evaluation.ts to ask the same questions. What is
# there already is left alone; what cannot be had is told of, and the figure says that it is missing.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly outside=$PWD/node_modules/.outside
mkdir -p "$outside/bin"

npm install --prefix "$outside/peers" --ignore-scripts --no-audit --no-fund --no-package-lock --no-save \
  casbin@5.51.1 @casl/ability@6.8.1 @open-policy-agent/opa-wasm@1.10.0 ||
  echo "policy peers: Casbin, CASL and OPA's runtime could not be had" >&2

# Rego is compiled to WASM by OPA itself, built here.
[ -x "$outside/bin/opa" ] ||
  GOBIN=$outside/bin go install -trimpath github.com/open-policy-agent/opa@v1.22.2 ||
  echo "policy peers: OPA could not be built" >&2
