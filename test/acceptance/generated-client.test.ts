import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { makeApiToken } from "@tabard/control"
import { systemClock } from "@tabard/core"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const WORKSPACE = join(ROOT, "test/generated-client")
const TOOLS = join(WORKSPACE, "node_modules/.bin")

/** As strict as the generator's own documentation asks for, and stricter. */
const COMPILER_OPTIONS = {
  target: "ES2024",
  lib: ["ES2024", "DOM"],
  module: "NodeNext",
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

const CLIENT = `import createClient from "openapi-fetch"
import type { paths } from "./schema.d.ts"
const api = createClient<paths>({ baseUrl: "" })
`

/** What a script gets wrong; none of it may compile. */
const MISTAKES: Readonly<Record<string, string>> = {
  "an address that is none": `await api.GET("/agent")`,
  "a method that is none": `await api.DELETE("/agents")`,
  "a filter that is misspelt": `await api.GET("/agents", { params: { query: { sate: "active" } } })`,
  "a filter's value that is none": `await api.GET("/agents", { params: { query: { state: "gone" } } })`,
  "a missing id": `await api.GET("/agents/{id}", {})`,
  "a body without what it needs": `await api.POST("/agents", { body: { category: "local" } })`,
  "a member of another type": `await api.POST("/agents", { body: { name: 7 } })`,
  "a write without its body": `await api.POST("/agents/{id}/suspension", { params: { path: { id: "x" } } })`,
  "an answer's member that is misspelt": `console.log((await api.GET("/agents")).data?.items[0]?.nmae)`,
  "an answer that was not looked at": `console.log((await api.GET("/agents")).data.items)`,
  "a value that may be null": `const at: string = (await api.GET("/agents")).data?.next ?? null; console.log(at)`,
  "a problem's member that is none": `console.log((await api.GET("/agents")).error?.message)`,
}

let tabard: RunningTabard
let folder: string
let token: string

before(async () => {
  tabard = await runTabard()
  folder = await mkdtemp(join(tmpdir(), "tabard-generated-"))
  const { organisation } = tabard.server
  const ann = await addPerson(tabard.server, "administrator")
  const deps = { organisation: organisation.organisation, clock: systemClock, ...organisation.shelf }
  const scopes = ["agents:read", "agents:write"]
  token = (await makeApiToken(deps, ann.user, { purpose: "Script", role: "security", scopes, days: 1 })).token
  await generate()
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe("a client that a common generator makes of the served document", () => {
  it("compiles in strict mode, and lists, enters, imports and reads a refusal at a live server", async () => {
    await copyFile(join(WORKSPACE, "program.ts"), join(folder, "program.ts"))
    const compiled = await run(join(TOOLS, "tsc"), ["-p", await project("program.ts")])
    assert.equal(compiled.code, 0, compiled.text)

    const baseUrl = `${tabard.server.publicUrl}/api/v1`
    const ran = await run(process.execPath, [join(folder, "program.ts"), baseUrl, token])
    assert.equal(ran.code, 0, ran.text)
    const { before: first, after: then, entered, imported, problem } = JSON.parse(ran.text)
    assert.deepEqual(first, [])
    assert.match(entered, /^agt_/)
    assert.equal(imported, 1)
    assert.deepEqual(then.toSorted(), ["Entered by a generated client", "Imported by a generated client"])
    assert.deepEqual([problem.status, problem.code], [404, "agent_not_found"])
    assert.match(problem.detail, /agt_none/)
    assert.deepEqual(tabard.faults, [])
  })

  it("pages through more agents than one page holds", async () => {
    const before = await listed()
    for (const name of ["Third", "Fourth", "Fifth"]) await enter(name)
    const after = await listed()
    assert.equal(new Set(after).size, before.length + 3)
  })

  it("does not compile where a script gets something wrong", async () => {
    const files = Object.values(MISTAKES).map((_, at) => `mistake-${at}.ts`)
    for (const [at, mistake] of Object.values(MISTAKES).entries())
      await writeFile(join(folder, `mistake-${at}.ts`), `${CLIENT}${mistake}\n`)
    const { text } = await run(join(TOOLS, "tsc"), ["-p", await project(...files)])
    for (const [at, what] of Object.keys(MISTAKES).entries())
      assert.match(text, new RegExp(`mistake-${at}\\.ts\\(4,`), `${what} compiles: ${text}`)
  })
})

async function generate(): Promise<void> {
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"))
  await writeFile(join(folder, "package.json"), `{ "type": "module" }`)
  const served = `${tabard.server.publicUrl}/api/v1/openapi.json`
  const { code, text } = await run(join(TOOLS, "openapi-typescript"), [
    served,
    "-o",
    join(folder, "schema.d.ts"),
  ])
  assert.equal(code, 0, text)
}

async function project(...files: readonly string[]): Promise<string> {
  const path = join(folder, "tsconfig.json")
  await writeFile(path, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }))
  return path
}

async function listed(): Promise<readonly string[]> {
  const ran = await run(process.execPath, [
    join(folder, "program.ts"),
    `${tabard.server.publicUrl}/api/v1`,
    token,
  ])
  return JSON.parse(ran.text).before.map(({ name }: { name: string }) => name)
}

async function enter(name: string): Promise<void> {
  const response = await fetch(`${tabard.server.publicUrl}/api/v1/agents`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name }),
  })
  assert.equal(response.status, 200)
}

function run(
  command: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly text: string }> {
  const environment = { PATH: process.env["PATH"], FORCE_COLOR: "0" }
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env: environment, timeout: 240_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) || 1 : 0, text: `${stdout}${stderr}` }),
    )
  })
}
