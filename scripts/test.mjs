// npm test: every suite. Suites that need Chromium, PostgreSQL, the shared corpora or tools that others wrote
// (scripts/outside-tools.sh) are skipped by name where those are missing; with REQUIRE_ALL_SUITES=1 (as in CI) a skipped one fails the run.
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { globSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"

/** Whole programs with their browsers and databases come last, and never more than two at once. */
const parts = [
  { files: "{packages/*/src,examples,bench}/**/*.test.ts", atOnce: Math.max(2, availableParallelism() - 1) },
  { files: "test/**/*.test.ts", atOnce: 2 },
]

/** Hundreds of processes load the same modules: each is read and compiled once. */
const compiled = fileURLToPath(new URL("../node_modules/.cache/tabard-tests", import.meta.url))
const named = process.argv.slice(2)
const asked =
  named.length > 0
    ? [{ suites: named, atOnce: 1 }]
    : parts.map(({ files, atOnce }) => ({
        suites: globSync(files, { exclude: (path) => path.includes("packages/web") }),
        atOnce,
      }))

let said = ""
let passed = true
for (const { suites, atOnce } of asked) passed = (await run(suites, atOnce)) && passed
if (named.length === 0) {
  const web = spawnSync("vitest", ["run", "--root", "packages/web"], { stdio: "inherit" })
  passed = web.status === 0 && passed
}

const skipped = said.split("\n").filter((line) => /^\s*﹣/.test(line) && line.includes("# "))
if (skipped.length > 0) {
  process.stdout.write(`\nSkipped, by name:\n${skipped.map((line) => `  ${line.trim()}`).join("\n")}\n`)
}
const forbidden =
  process.env["REQUIRE_ALL_SUITES"] === "1"
    ? skipped.filter((line) => /PostgreSQL|Chromium|shared|bubblewrap|outside tool/i.test(line))
    : []
if (forbidden.length > 0) process.stdout.write("A suite was skipped that this run requires.\n")
process.exitCode = passed && forbidden.length === 0 ? 0 : 1

/** Shown as it comes, since all of it takes minutes; read as well, for what was skipped. */
async function run(suites, atOnce) {
  // What hangs is told by its name, long before whoever runs this gives up.
  const flags = ["--test", "--test-reporter=spec", `--test-timeout=${15 * 60_000}`]
  const node = spawn(process.execPath, [...flags, `--test-concurrency=${atOnce}`, ...suites.toSorted()], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  })
  node.stdout.setEncoding("utf8").on("data", (text) => {
    process.stdout.write(text)
    said += text
  })
  const [status] = await once(node, "close")
  return status === 0
}
