// npm test: every suite. Suites that need Chromium, PostgreSQL, the shared corpora or tools that others wrote
// (scripts/outside-tools.sh) are skipped by name where those are missing; with REQUIRE_ALL_SUITES=1 (as in CI) a skipped one fails the run.
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { globSync } from "node:fs"

const files = globSync("{packages/*/src,test,examples,bench}/**/*.test.ts", {
  exclude: (path) => path.includes("packages/web"),
})
const suites = process.argv.slice(2).length > 0 ? process.argv.slice(2) : files
// What hangs is told by its name, long before whoever runs this gives up.
const flags = ["--test", "--test-reporter=spec", `--test-timeout=${15 * 60_000}`]
const node = spawn(process.execPath, [...flags, ...suites.toSorted()], {
  stdio: ["ignore", "pipe", "inherit"],
})
// Shown as it comes, since all of it takes minutes; read as well, for what was skipped.
let said = ""
node.stdout.setEncoding("utf8").on("data", (text) => {
  process.stdout.write(text)
  said += text
})
const [status] = await once(node, "close")
const web =
  process.argv.length > 2
    ? 0
    : spawnSync("vitest", ["run", "--root", "packages/web"], { stdio: "inherit" }).status

const skipped = said.split("\n").filter((line) => /^\s*﹣/.test(line) && line.includes("# "))
if (skipped.length > 0) {
  process.stdout.write(`\nSkipped, by name:\n${skipped.map((line) => `  ${line.trim()}`).join("\n")}\n`)
}
const forbidden =
  process.env["REQUIRE_ALL_SUITES"] === "1"
    ? skipped.filter((line) => /PostgreSQL|Chromium|shared|bubblewrap|outside tool/i.test(line))
    : []
if (forbidden.length > 0) process.stdout.write("A suite was skipped that this run requires.\n")
process.exitCode = status === 0 && web === 0 && forbidden.length === 0 ? 0 : 1
