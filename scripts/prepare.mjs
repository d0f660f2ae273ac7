// Before npm start, test, check and bench: installs what the lock file says where it is missing, and builds the console
// where its sources changed. Runs on any Node from 18 on, with nothing installed.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const withWeb = !process.argv.includes("--no-web")

once("node_modules/.tabard-lock", hashOf(["package-lock.json"]), "Installing what the lock file names…", () =>
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]),
)
if (withWeb) {
  const sources = ["package-lock.json", ...filesIn("packages/web"), ...filesIn("packages/api/src")]
  once("packages/web/dist/.tabard-sources", hashOf(sources), "Building the console…", () =>
    run(broughtNode(), ["node_modules/vite/bin/vite.js", "build", "packages/web", "--logLevel", "warn"]),
  )
}

/** Does the work unless it was done for exactly this input. */
function once(stamp, hash, words, work) {
  const path = join(root, stamp)
  if (existsSync(path) && readFileSync(path, "utf8") === hash) return
  process.stderr.write(`${words}\n`)
  work()
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, hash)
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] })
  if (status === 0) return
  process.stderr.write(
    `${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}; the lines above say why.\n`,
  )
  process.exit(1)
}

/** The Node that the project brings, if there is one for this machine; vite needs a newer one than may be installed. */
function broughtNode() {
  const node = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`)
  return existsSync(node) ? node : process.execPath
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory())
      return ["dist", "node_modules", ".types"].includes(entry.name) ? [] : filesIn(path)
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path]
  })
}

function hashOf(files) {
  const hash = createHash("sha256")
  for (const file of [...files].sort()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest("hex")
}
