import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { globSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"

const ROOT = join(import.meta.dirname, "../..")
const SUITES = globSync("packages/log/src/**/*.test.ts", { cwd: ROOT })

describe("the log's own tests", () => {
  it("run every line, every branch and every function of packages/log", () => {
    assert.ok(SUITES.length > 10)
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        "--test",
        "--experimental-test-coverage",
        "--test-coverage-include=packages/log/src/**",
        "--test-coverage-exclude=**/*.test.ts",
        "--test-coverage-lines=100",
        "--test-coverage-branches=100",
        // A function that is written on one line counts as a line that is run, whether or not anybody calls it.
        "--test-coverage-functions=100",
        "--test-reporter=tap",
        ...SUITES,
      ],
      // A test that starts tests is otherwise taken for one of theirs, and what was compiled before is counted less exactly.
      {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_COMPILE_CACHE: undefined },
      },
    )
    const missed = stdout
      .split("\n")
      .filter((line) => /^# .*\.ts\s*\|/.test(line) && !/100\.00 \|\s*100\.00 \|\s*100\.00/.test(line))
    const failed = stdout.split("\n").filter((line) => /^\s*not ok/.test(line))
    assert.equal(status, 0, [...failed, ...missed].join("\n"))
    assert.match(stdout, /^# .*verify-log\.ts\s*\|/m)
  })
})
