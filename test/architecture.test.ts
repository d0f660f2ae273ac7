import assert from "node:assert/strict"
import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..")

/** Who may import whom. A package that is not named here may not exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  log: [],
  client: [],
  policy: ["core"],
  scan: ["core"],
  api: ["core"],
  intent: ["core", "policy"],
  control: ["core", "log", "policy", "intent", "scan"],
  store: ["core", "log", "control"],
  server: ["core", "log", "policy", "intent", "scan", "control", "store", "api"],
  edge: ["core", "client"],
  cli: ["core", "log", "policy", "intent", "scan", "api", "client", "edge", "server"],
  web: ["core", "log", "api"],
}

const NODE_FREE = ["core", "api", "web"]
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g

describe("the walls between packages", () => {
  const files = sources()

  it("are looked at: every package has files", () => {
    for (const name of Object.keys(MAY_IMPORT))
      assert.ok(
        files.some((file) => file.pkg === name),
        name,
      )
    assert.ok(
      files.every(({ pkg }) => pkg in MAY_IMPORT),
      "a package that the table does not know",
    )
  })

  it("let nothing through that the table does not name", () => {
    const through = files.flatMap(({ pkg, path, imports }) =>
      imports
        .flatMap((name) => /^@tabard\/(\w+)/.exec(name)?.[1] ?? [])
        .filter((other) => !(MAY_IMPORT[pkg] ?? []).includes(other))
        .map((other) => `${path} imports ${other}`),
    )
    assert.deepEqual(through, [])
  })

  it("name every neighbour in package.json, and no other", () => {
    for (const pkg of Object.keys(MAY_IMPORT)) {
      const used = new Set(
        files
          .filter((file) => file.pkg === pkg)
          .flatMap(({ imports }) => imports.filter((name) => name.startsWith("@tabard/"))),
      )
      const names = [...used].map((name) => name.split("/").slice(0, 2).join("/")).toSorted()
      const manifest: { dependencies?: Record<string, string> } = JSON.parse(
        readFileSync(join(ROOT, "packages", pkg, "package.json"), "utf8"),
      )
      const declared = Object.keys(manifest.dependencies ?? {})
        .filter((name) => name.startsWith("@tabard/"))
        .toSorted()
      assert.deepEqual([...new Set(names)], declared, pkg)
    }
  })

  it("are not climbed over by relative paths, nor deep", () => {
    const climbing = files.flatMap(({ path, imports }) =>
      imports
        .filter((name) => /^(\.\.\/){3}/.test(name) || /packages\//.test(name))
        .map((name) => `${path}: ${name}`),
    )
    assert.deepEqual(climbing, [])
  })

  it("keep scan's connectors to scan itself", () => {
    const deep = files.filter(
      ({ pkg, imports }) => pkg === "control" && imports.some((name) => /^@tabard\/scan\/./.test(name)),
    )
    assert.deepEqual(
      deep.map(({ path }) => path),
      [],
    )
  })

  it("let the command line reach the server from `up` alone", () => {
    const others = files.filter(
      ({ pkg, path, imports }) =>
        pkg === "cli" &&
        !/commands\/up/.test(path) &&
        imports.some((name) => name.startsWith("@tabard/server")),
    )
    assert.deepEqual(
      others.map(({ path }) => path),
      [],
    )
  })

  it("keep what a browser runs free of Node", () => {
    const nodes = files.filter(
      ({ pkg, imports }) => NODE_FREE.includes(pkg) && imports.some((name) => name.startsWith("node:")),
    )
    assert.deepEqual(
      nodes.map(({ path }) => path),
      [],
    )
  })

  it("keep SQL in the store and HTTP out of control", () => {
    const wrong = files.filter(
      ({ pkg, imports }) =>
        (pkg !== "store" && imports.some((name) => ["kysely", "pg", "node:sqlite"].includes(name))) ||
        (pkg === "control" && imports.some((name) => /^(hono|node:https?)/.test(name))),
    )
    assert.deepEqual(
      wrong.map(({ path }) => path),
      [],
    )
  })

  it("leave the environment to one reader", () => {
    const readers = files.filter(({ pkg, text }) => pkg === "server" && /process\.env/.test(text))
    assert.deepEqual(
      readers.map(({ path }) => path),
      [],
    )
  })
})

describe("the documents", () => {
  it("name only places that there are", () => {
    const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8")
    const named = [...text.matchAll(/`((?:packages|test|bench|docs|scripts|examples)\/[\w./-]*)`/g)].map(
      ([, path]) => path ?? "",
    )
    assert.ok(named.length > 10)
    assert.deepEqual(
      named.filter((path) => globSync(path, { cwd: ROOT }).length === 0),
      [],
    )
  })

  it("explain every code that a refusal can have, once, and no other", () => {
    const declared = readFileSync(join(ROOT, "packages/core/src/problem.ts"), "utf8")
    const codes = [...declared.matchAll(/^ {2}\| "(\w+)"$/gm)].map(([, code]) => code)
    const text = readFileSync(join(ROOT, "docs/problems.md"), "utf8")
    const [table = ""] = text.split("## At the gateway alone")
    const explained = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code)
    assert.ok(codes.length > 10)
    assert.deepEqual(explained.toSorted(), codes.toSorted())
  })

  it("show by tests that there are what the threat model says", () => {
    const text = readFileSync(join(ROOT, "SECURITY.md"), "utf8")
    const named = [...text.matchAll(/`((?:\w+\/src|test|docs)\/[\w./-]*)`/g)].map(([, path = ""]) =>
      /^(test|docs)\//.test(path) ? path : `packages/${path}`,
    )
    assert.ok(named.length > 30)
    assert.deepEqual(
      named.filter((path) => globSync(path, { cwd: ROOT }).length === 0),
      [],
    )
  })
})

interface Source {
  readonly pkg: string
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

/** Every file that is product code: tests, contracts and what only tests use may reach further. */
function sources(): readonly Source[] {
  return globSync("packages/*/src/**/*.{ts,tsx}", { cwd: ROOT })
    .filter((path) => !/\.(test|contract)\.tsx?$|\/testing\/|\/fixtures\//.test(path))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8")
      const imports = [...text.matchAll(IMPORT)].map(([, a, b, c]) => a ?? b ?? c ?? "")
      return { pkg: path.split("/")[1] ?? "", path, text, imports }
    })
}
