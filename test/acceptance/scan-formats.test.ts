import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { Spec, Validation } from "@cyclonedx/cyclonedx-library"
import { Ajv } from "ajv"
import addFormats from "ajv-formats"
import { makeMachine } from "../world/machine.ts"

const LAUNCHER = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))

describe("what a scan writes for others' programs", () => {
  it("is SARIF 2.1.0 by its published schema", async () => {
    await using machine = await makeMachine()
    const isSarif = sarifSchema()
    const log: unknown = JSON.parse(scanned(machine.root, "sarif"))
    assert.ok(isSarif(log), JSON.stringify(isSarif.errors, null, 2))
    assert.ok(!isSarif({ ...Object(log), runs: [{ results: [{}] }] }), "the schema refuses nothing")
  })

  it("is CycloneDX 1.7 by its published schema, strictly", async () => {
    await using machine = await makeMachine()
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot7)
    const bom = scanned(machine.root, "cyclonedx")
    assert.equal(await validator.validate(bom), null)
    const spoiled = JSON.stringify({ ...JSON.parse(bom), surprise: true })
    assert.notEqual(await validator.validate(spoiled), null)
  })
})

function scanned(root: string, format: string): string {
  return execFileSync(process.execPath, [LAUNCHER, "scan", root, "--format", format], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  })
}

/** Its patterns were written for expressions without the flag u. */
function sarifSchema(): ReturnType<Ajv["compile"]> {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  const path = createRequire(import.meta.url).resolve("schemastore/package.json")
  const schema: object = JSON.parse(
    readFileSync(join(dirname(path), "schemas/json/sarif-2.1.0.json"), "utf8"),
  )
  return ajv.compile(schema)
}
