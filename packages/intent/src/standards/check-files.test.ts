import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { CHECK_RULES, type CheckTerms, checkFiles, lockDigest, type ManifestFile } from "./check-files.ts"
import { NOW, SOUND, TOOLS } from "./fixtures/declared.ts"
import { DEFAULT_STANDARDS } from "./standards.ts"

const GOOD = `${SOUND}tools: [{ server: bank, tool: get_balance }]\n`

describe("a check of files", () => {
  it("tells every fault of a manifest at its line, and goes on with the others", () => {
    const { findings, declarations } = checkFiles(
      [fileOf("a", "purpose: p\ntier: nonsense\ntools: [{ server: 1 }]\n"), fileOf("b", GOOD)],
      terms(),
    )
    assert.deepEqual(
      [...new Set(findings.map(({ rule, subject }) => `${rule} ${subject}`))],
      ["manifest-invalid a"],
    )
    assert.ok(findings.length > 1)
    assert.ok(
      findings.every(({ evidence: [place] }) => place?.path === "a/tabard.yaml" && place.line !== null),
    )
    assert.deepEqual(
      declarations.map(({ agent }) => agent),
      ["b"],
    )
  })

  for (const [what, text] of [
    ["aliases that multiply", `a: &a [x, x]\nb: &b [*a, *a]\n${GOOD}`],
    ["an anchor", `${GOOD}owner: &o x\nmaintainers: [*o]\n`],
    ["a tag", `${GOOD}purpose: !!js/function "x"\n`],
    ["a doubled name", `${GOOD}tier: operator\n`],
    ["ten megabytes", `${GOOD}# ${"x".repeat(10 * 1024 * 1024)}`],
    ["nesting without end", `${SOUND}tools: ${"[".repeat(20_000)}`],
    ["nothing", ""],
    ["no YAML", "{"],
    ["two documents", `${GOOD}---\n${GOOD}`],
    ["a name that is no text", `${GOOD}? [a]\n: b\n`],
    ["a member that nobody knows", `${GOOD}ownr: ann@example.test\n`],
    ["__proto__", `${GOOD}__proto__: { owner: eve@example.test }\n`],
  ] as const)
    it(`calls a manifest invalid that holds ${what}, and ends`, () => {
      const { findings } = checkFiles([fileOf("a", text)], terms())
      assert.deepEqual([...new Set(findings.map(({ rule }) => rule))], ["manifest-invalid"])
      assert.ok(findings.length <= 50)
    })

  it("tells a bound that cannot be judged at its line, also beside a tool that nobody defined", () => {
    const odd = "  - server: bank\n    tool: get_balance\n    arguments: { nothing: { oneOf: [x] } }\n"
    for (const [before, line] of [
      ["", 11],
      ["  - { server: elsewhere, tool: get_weather }\n", 12],
    ] as const) {
      const { findings } = checkFiles([fileOf("a", `${SOUND}tools:\n${before}${odd}`)], terms())
      const [finding] = findings
      assert.equal(finding?.rule, "manifest-invalid")
      assert.equal(finding.evidence[0]?.line, line)
    }
  })

  it("asks for a lock where it is frozen, or the standards require one", () => {
    assert.deepEqual(rulesOf([fileOf("a", GOOD)], terms()), [])
    assert.deepEqual(rulesOf([fileOf("a", GOOD)], { ...terms(), frozen: true }), ["lock-missing"])
    const standards = { ...DEFAULT_STANDARDS, lock: "required" } as const
    assert.deepEqual(rulesOf([fileOf("a", GOOD)], { ...terms(), standards }), ["lock-missing"])
  })

  it("takes a lock that cannot be read, or not be compared, for another", () => {
    assert.deepEqual(
      rulesOf([{ ...fileOf("a", GOOD), lock: { file: "a/agent.lock", text: "{" } }], terms()),
      ["lock-drift"],
    )
  })

  it("answers whom it read, with what each lacks and the lock that is beside it", () => {
    const lock = { file: "a/agent.lock", text: "{" }
    const agent = checkFiles([{ ...fileOf("a", GOOD), lock }], terms()).reviewed.get("a")
    assert.equal(agent?.owner, "ann@example.test")
    assert.equal(agent?.lock, lockDigest("{"))
    assert.deepEqual(
      agent?.findings.map(({ rule }) => rule),
      ["lock-drift"],
    )
  })

  it("has rules of which each says what it is, once, and what to do", () => {
    assert.equal(new Set(CHECK_RULES.map(({ id }) => id)).size, CHECK_RULES.length)
    for (const { id, title, remediation, controls } of CHECK_RULES) {
      assert.match(id, /^[a-z]+(?:-[a-z]+)*$/)
      assert.deepEqual(
        controls.filter((name) => !CONTROLS.has(name)),
        [],
        id,
      )
      assert.ok(title && remediation.endsWith(".") && controls.length >= 2, id)
    }
  })
})

/** The controls that the catalogue of the product has, as framework:id. */
const CONTROLS: ReadonlySet<string> = new Set(
  JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../control/knowledge/controls.json"), "utf8"),
  ).controls.map(({ framework, id }: { framework: string; id: string }) => `${framework}:${id}`),
)

function fileOf(name: string, text: string): ManifestFile {
  return { file: `${name}/tabard.yaml`, name, text, lock: null, byHand: null }
}

function terms(): CheckTerms {
  return { standards: DEFAULT_STANDARDS, catalogue: TOOLS, people: null, now: NOW, frozen: false }
}

function rulesOf(files: readonly ManifestFile[], asked: CheckTerms): readonly string[] {
  return checkFiles(files, asked).findings.map(({ rule }) => rule)
}
