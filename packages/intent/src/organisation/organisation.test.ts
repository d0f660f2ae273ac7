import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { Ajv2020 } from "ajv/dist/2020.js"
import { parse } from "yaml"
import { NOW, TOOLS } from "../standards/fixtures/declared.ts"
import { DEFAULT_STANDARDS } from "../standards/standards.ts"
import { type CheckedOrganisation, checkOrganisation } from "./check-organisation.ts"
import { lockOrganisation, writeOrganisationLock } from "./organisation-lock.ts"
import { organisationJsonSchema } from "./organisation-schema.ts"
import { underOrganisation } from "./under-organisation.ts"

const FILE = `version: 1
guardRails: [policies/own.cedar]
offered: { rehearsed: [production] }
tiers:
  clerks: { words: Reads and writes., reaches: [read, write], forbids: policies/clerks.cedar }
sets:
  payees: [DE01, DE02]
  folders: sets/folders.txt
`

const OWN = `@id("frozen") @say("no") forbid (principal, action == Tabard::Action::"srv_7/request_payment", resource);`
const CLERKS = `forbid (principal in Tabard::Tier::"clerks", action, resource) when { context.session.depth > 1 };`
const NAMED = {
  "policies/own.cedar": OWN,
  "policies/clerks.cedar": CLERKS,
  "sets/folders.txt": "/srv/a\n",
}

describe("the organisation's file", () => {
  it("comes to the documents that a server keeps, and to the tiers and sets that manifests are held to", () => {
    const { declared, findings } = checked()
    assert.deepEqual(findings, [])
    assert.deepEqual(
      declared?.documents.map(({ kind, subject }) => `${kind} ${subject}`),
      ["guard own", "offered own", "tier own", "set payees", "set folders"],
    )
    assert.equal(declared.documents[0]?.source, OWN)
    const { tiers, sets } = underOrganisation(DEFAULT_STANDARDS, declared)
    assert.deepEqual(
      [tiers["clerks"], sets["payees"], sets["folders"]],
      [["read", "write"], ["DE01", "DE02"], ["/srv/a"]],
    )
  })

  for (const [what, named, place] of [
    ["a permit", { "policies/own.cedar": `\n${OWN.replace("forbid", "permit")}` }, "policies/own.cedar:2"],
    ["what does not parse", { "policies/own.cedar": "forbid (principal action);" }, "policies/own.cedar:1"],
    [
      "an argument that there is not",
      { "policies/own.cedar": OWN.replace(");", ") when { context.input.none has text };") },
      "policies/own.cedar:1",
    ],
    [
      "a forbid of a tier that is everybody's",
      { "policies/clerks.cedar": "forbid (principal, action, resource);" },
      "policies/clerks.cedar:1",
    ],
    ["what nobody can see", { "sets/folders.txt": "a\u200bb" }, "sets/folders.txt:null"],
  ] as const)
    it(`is found invalid where a file that it names holds ${what}`, () => {
      const { findings, declared } = checked({ named: { ...NAMED, ...named } })
      const [finding] = findings
      assert.deepEqual([finding?.rule, declared], ["manifest-invalid", undefined])
      assert.equal(`${finding?.evidence[0]?.path}:${finding?.evidence[0]?.line}`, place)
    })

  for (const [what, text, line] of [
    ["is misspelt", FILE.replace("guardRails:", "guardrails:"), 2],
    ["redefines what ships", FILE.replace(/clerks: (.*), forbids.*/, "operator: $1 }"), null],
    ["is no YAML", "version: [", 1],
    ["reaches out of what there is", FILE.replace("[read, write]", "[fly]"), 5],
  ] as const)
    it(`is found invalid where it ${what}`, () => {
      const [finding] = checked({ text }).findings
      assert.deepEqual([finding?.rule, finding?.evidence[0]?.line], ["manifest-invalid", line])
    })
})

describe("organisation.lock", () => {
  it("pins what is meant: comments, order and ids are nothing, whatever else is drift by its name", () => {
    const { declared } = checked()
    assert.ok(declared)
    const lock = writeOrganisationLock(lockOrganisation(declared))
    assert.deepEqual(drifts({ lock }), [])
    const reworded = { ...NAMED, "policies/own.cedar": `// kept\n${OWN.replace("frozen", "held")}\n` }
    assert.deepEqual(
      drifts({ lock, named: reworded, text: FILE.replace("[DE01, DE02]", "[DE02, DE01]") }),
      [],
    )
    for (const [change, words] of [
      [
        { named: { ...NAMED, "policies/own.cedar": OWN.replace('"no"', '"never"') } },
        /own\/frozen was not reviewed as it is/,
      ],
      [{ named: { ...NAMED, "sets/folders.txt": "/srv/b\n" } }, /The set folders is not what was reviewed/],
      [
        { text: FILE.replace("  payees: [DE01, DE02]\n", "") },
        /The set payees was reviewed, and is there no more/,
      ],
      [{ text: FILE.replace("[read, write]", "[read]") }, /The tier clerks is not what was reviewed/],
      [{ text: FILE.replace("[production]", "[staging]") }, /offered\/rehearsed is not what was reviewed/],
      [{ lock: "{" }, /cannot be compared/],
    ] as const)
      assert.match(drifts({ lock, ...change }).join(), words)
  })

  it("is missed where locks are asked for", () => {
    assert.deepEqual(
      checked({ frozen: true }).findings.map(({ rule }) => rule),
      ["lock-missing"],
    )
  })
})

describe("the JSON Schema of the organisation's file", () => {
  it("is the one that is published, and takes what the reader takes", () => {
    const home = join(import.meta.dirname, "../../../..")
    const published: unknown = JSON.parse(
      readFileSync(join(home, "docs/tabard.organisation.schema.json"), "utf8"),
    )
    assert.deepEqual(published, JSON.parse(JSON.stringify(organisationJsonSchema())))
    const validate = new Ajv2020({ strict: false }).compile(organisationJsonSchema())
    assert.ok(validate(parse(FILE)), JSON.stringify(validate.errors))
    assert.ok(!validate({ ...parse(FILE), guardrails: [] }))
  })
})

interface Files {
  readonly text?: string
  readonly named?: Readonly<Record<string, string>>
  readonly lock?: string
  readonly frozen?: boolean
}

function checked({ text = FILE, named = NAMED, lock, frozen = false }: Files = {}): CheckedOrganisation {
  const files = Object.entries(named).map(([file, said]) => [file, { file, text: said }] as const)
  return checkOrganisation(
    {
      file: "tabard.organisation.yaml",
      text,
      named: new Map(files),
      lock: lock === undefined ? null : { file: "organisation.lock", text: lock },
    },
    { catalogue: TOOLS, standards: DEFAULT_STANDARDS, now: NOW, frozen },
  )
}

function drifts(files: Files): readonly string[] {
  const { findings } = checked(files)
  assert.ok(findings.every(({ rule }) => rule === "lock-drift"))
  return findings.map(({ message }) => message)
}
