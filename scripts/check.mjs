// npm run check: everything that is not a test, in seconds.
import { spawnSync } from "node:child_process"
import { performance } from "node:perf_hooks"

const CHECKS = [
  ["types", "tsc", ["-b"]],
  ["types of the console", "tsc", ["-p", "packages/web"]],
  ["types of tests and examples", "tsc", ["-p", "tsconfig.tests.json"]],
  ["lint", "oxlint", ["--type-aware", "--quiet"]],
  ["format", "biome", ["check", "."]],
  ["unused code", "knip", []],
  ["walls", process.execPath, ["--test", "--test-reporter=dot", "test/architecture.test.ts"]],
]

let failed = 0
for (const [name, command, args] of CHECKS) {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0" },
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`)
  if (status === 0) continue
  failed++
  process.stdout.write(`${stdout}${stderr}\n`)
}
process.exitCode = failed === 0 ? 0 : 1
