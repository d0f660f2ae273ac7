#!/usr/bin/env bash
# What the action and the GitLab job run: writes the findings for machines, says them, and ends as tabard check ends.
set -uo pipefail

tabard="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/packages/cli/bin/tabard.js"
options=()
paths=()

option() { if [ -n "$2" ]; then options+=("--$1=$2"); fi; }

option standards "${TABARD_CHECK_STANDARDS:-}"
option tools "${TABARD_CHECK_TOOLS:-}"
option people "${TABARD_CHECK_PEOPLE:-}"
option terraform "${TABARD_CHECK_TERRAFORM:-}"
option baseline "${TABARD_CHECK_BASELINE:-}"
option fail-on "${TABARD_CHECK_FAIL_ON:-}"
if [ "${TABARD_CHECK_FROZEN:-false}" = true ]; then options+=(--frozen); fi
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"${TABARD_CHECK_PATHS:-}"

check() { node "$tabard" check "$@" ${options[@]+"${options[@]}"} -- ${paths[@]+"${paths[@]}"}; }

check --format sarif >"${TABARD_CHECK_SARIF:-tabard.sarif}" 2>/dev/null
check --format junit >"${TABARD_CHECK_JUNIT:-tabard-junit.xml}" 2>/dev/null
check
