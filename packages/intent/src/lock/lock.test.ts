import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { declared, TOOLS } from "../standards/fixtures/declared.ts"
import { readToolCatalogue } from "../standards/tool-catalogue.ts"
import { type AgentLock, readLock, writeLock } from "./agent-lock.ts"
import { driftOf } from "./drift.ts"
import { lockAgent } from "./lock-agent.ts"

const MANIFEST = `purpose: Pay the invoices that the finance team has approved
owner: ann@example.test
tier: transactional
expires: 2027-06-30
tools:
  - server: bank
    tool: request_payment
    arguments: { amount: { atMost: "500.00" } }
  - server: files
    tool: effect:read
`

describe("agent.lock", () => {
  it("is the same bytes for the same review, whatever the order of its tools and members", () => {
    const [head, ...entries] = MANIFEST.split(/(?=  - server)/)
    const turned = [head, ...entries.toReversed()].join("")
    const reordered = turned.replace(/(owner.*\n)(tier.*\n)/, "$2$1")
    assert.notEqual(reordered, MANIFEST)
    assert.equal(writeLock(lockOf(reordered)), writeLock(lockOf(MANIFEST)))
  })

  it("is read as it was written", () => {
    const lock = lockOf(MANIFEST)
    assert.equal(writeLock(readLock(writeLock(lock))), writeLock(lock))
    assert.deepEqual(driftOf(readLock(writeLock(lock)), lock), [])
  })

  it("pins each tool that a class covers", () => {
    assert.deepEqual(Object.keys(lockOf(MANIFEST).tools), ["bank/request_payment", "files/read_text_file"])
  })

  it("is not written of a tool that nobody defined", () => {
    assert.throws(
      () => lockOf(`${MANIFEST}  - { server: bank, tool: settle }\n`),
      /nothing is known of bank\/settle/,
    )
  })

  for (const [text, value] of [
    ["no JSON", "{"],
    ["another format", `{"schema":"tabard.lock/2"}`],
    ["a list", "[]"],
    ["members missing", `{"schema":"tabard.lock/1","declared":{},"policy":"x"}`],
    ["a tool that is none", `{"schema":"tabard.lock/1","declared":{},"policy":"x","tools":{"a":1}}`],
    ["a doubled key", `{"schema":"tabard.lock/1","schema":"tabard.lock/2"}`],
    ["too much nesting", "[".repeat(100_000)],
    ["ten megabytes", " ".repeat(10 * 1024 * 1024)],
  ])
    it(`is refused in words where it is ${text}`, () => {
      assert.throws(() => readLock(value ?? ""), /the lock cannot be used/)
    })
})

describe("drift", () => {
  for (const [what, from, to, words] of [
    [
      "an owner",
      "ann@",
      "bea@",
      /owner was "ann@example.test" when it was reviewed, and is "bea@example.test"/,
    ],
    ["a tier", "transactional", "operator", /tier was "transactional"/],
    ["an end", "2027-06-30", "2029-06-30", /expires was/],
    ["an end that is gone", "expires: 2027-06-30\n", "", /expires was "2027-06-30".*is not there/],
    ["a limit", "500.00", "900.00", /bank\/request_payment was given as .*500\.00.* and is as .*900\.00/],
    ["a tool that is new", "effect:read", "write_file", /files\/write_file was not reviewed/],
    [
      "a tool that is gone",
      "effect:read",
      "write_file",
      /files\/read_text_file was reviewed, and is given no more/,
    ],
  ] as const)
    it(`tells ${what}`, () => {
      const drift = driftOf(lockOf(MANIFEST), lockOf(MANIFEST.replace(from, to)))
      assert.ok(
        drift.some(({ message }) => words.test(message)),
        JSON.stringify(drift),
      )
    })

  for (const [what, changed, words] of [
    [
      "a new argument",
      { properties: { amount: { type: "number" }, to: { type: "string" }, memo: { type: "string" } } },
      /it takes memo \(string\) now/,
    ],
    [
      "another kind",
      { properties: { amount: { type: "number" }, to: { type: "array" } } },
      /to was string, and is array/,
    ],
    [
      "one word of its description",
      { description: "Pays." },
      /its words or the inside of its schema read otherwise/,
    ],
    ["a new effect", { annotations: { destructiveHint: true } }, /has the effect delete now/],
  ] as const)
    it(`tells ${what} of a tool`, () => {
      const drift = driftOf(lockOf(MANIFEST), lockOf(MANIFEST, redefined(changed)))
      assert.match(drift.map(({ message }) => message).join("\n"), words)
    })
})

function lockOf(text: string, catalogue = TOOLS): AgentLock {
  return lockAgent(declared(text, "payer", catalogue), catalogue)
}

function redefined({
  properties,
  ...others
}: {
  properties?: object
  [member: string]: unknown
}): typeof TOOLS {
  const inputSchema = {
    type: "object",
    properties: properties ?? { amount: { type: "number" }, to: { type: "string" } },
    additionalProperties: false,
  }
  const bank = { tools: [{ name: "request_payment", inputSchema, ...others }] }
  const files = TOOLS.servers.get("files") ?? []
  const servers = new Map([
    ...readToolCatalogue(JSON.stringify({ servers: { bank } })).servers,
    ["files", files] as const,
  ])
  return { servers, names: new Map() }
}
