// After npm install: names in the lock file the builds for other platforms that the registry at hand does not carry.
// Without them npm ci refuses the lock file everywhere; with them it leaves them alone where they do not belong.
import { readFileSync, writeFileSync } from "node:fs"

const OS = "aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|wasm32"
const CPU = "arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64|wasi"
const PLATFORM = new RegExp(`(${OS})[-.](${CPU})(?:-(\\w+))?$`)

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"))
const packages = Object.entries(lock.packages)
const named = packages.flatMap(([path, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies).map(([name, version]) => ({ path, name, version, dev })),
)
let added = 0
for (const { path, name, version, dev } of named) {
  const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
  const platform = PLATFORM.exec(name)
  if (!platform || places.some((place) => place in lock.packages)) continue
  const [, os, cpu, libc] = platform
  lock.packages[`node_modules/${name}`] = {
    version: version.replace(/^[\^~]/, ""),
    cpu: [cpu === "wasi" ? "wasm32" : cpu],
    ...(dev && { dev: true }),
    ...(libc === "musl" && { libc: ["musl"] }),
    optional: true,
    os: [os === "wasm32" ? "none" : os],
  }
  added++
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added} builds for other platforms named in the lock file\n`)
