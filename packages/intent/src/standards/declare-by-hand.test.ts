import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { readLock, writeLock } from "../lock/agent-lock.ts"
import { driftOf } from "../lock/drift.ts"
import { lockAgent } from "../lock/lock-agent.ts"
import { checkFiles, type ManifestFile } from "./check-files.ts"
import { declareAgent } from "./declare-agent.ts"
import { declared, NOW, SOUND, TOOLS } from "./fixtures/declared.ts"
import { DEFAULT_STANDARDS, type Standards } from "./standards.ts"

const GOOD = `${SOUND}tools: [{ server: bank, tool: get_balance }]\n`
const PAY = `action == Tabard::Action::"srv_bank/request_payment"`
const APART: Standards["separation"] = [
  {
    name: "Paying and approving",
    sets: [{ tools: ["bank/request_payment"] }, { tools: ["bank/approve_payment"] }],
    atMost: 1,
    across: ["agent"],
  },
]

describe("what is written by hand beside a manifest", () => {
  it("is no finding where it only forbids, by the server's name as by its id", () => {
    for (const server of ["srv_bank", "srv_7"])
      assert.deepEqual(found(forbid(`action == Tabard::Action::"${server}/request_payment"`)), [])
  })

  for (const [what, text, line, message] of [
    ["what does not parse", `\nforbid (principal action, resource);`, 2, /cannot be put in force/],
    ["another agent", `forbid (principal == Tabard::Agent::"agt_other", action, resource);`, 1, /this agent/],
    ["everybody", `// kept\n\nforbid (principal, action, resource);`, 3, /this agent/],
    [
      "an argument that there is not",
      `${forbid(PAY)}\n${forbid(PAY).replace(";", "when { context.input.none has text };")}`,
      2,
      /none/,
    ],
  ] as const)
    it(`cannot be put in force where it says ${what}, told at its line`, () => {
      const [finding, ...others] = checked(text).findings
      assert.deepEqual([finding?.rule, others], ["manifest-invalid", []])
      assert.match(finding?.message ?? "", message)
      assert.deepEqual(
        [finding?.evidence[0]?.path, finding?.evidence[0]?.line],
        ["reader/tabard.cedar", line],
      )
    })

  it("is told where it permits, and where nobody defined a tool that it names", () => {
    const unknown = `action == Tabard::Action::"srv_weather/tell"`
    assert.deepEqual(found(`${permit(PAY)}\n${forbid(unknown)}`), [
      "permit-by-hand reader/tabard.cedar",
      "tool-not-defined reader/tabard.cedar",
    ])
  })

  it("counts as far as its scope reaches where duties are kept apart", () => {
    const separated = (text: string): boolean =>
      found(text, { separation: APART }).some((each) => each.startsWith("separation-of-duties"))
    const approve = permit(`action == Tabard::Action::"srv_bank/approve_payment"`)
    assert.equal(separated(permit(PAY)), false)
    assert.equal(separated(`${permit(PAY)}\n${approve}`), true)
    for (const wide of ["action", `action in [Tabard::Action::"effect:financial"]`])
      assert.equal(separated(permit(wide)), true, wide)
    assert.equal(separated(forbid("action")), false)
  })
})

describe("a lock of an agent with policies by hand", () => {
  it("pins what they mean: comments, order and ids are nothing, a word or a bound is drift", () => {
    const [one, two] = [`@id("a") ${forbid(PAY)}`, `@id("b") ${forbid("action")}`]
    const reviewed = readLock(writeLock(lockOf(`${one}\n${two}`)))
    assert.deepEqual(driftOf(reviewed, lockOf(`// later\n${two}\n${one.replace('"a"', '"c"')}`)), [])
    for (const [text, words] of [
      [one, /is not what was reviewed/],
      [`${one}\n@say("no") ${forbid("action")}`, /is not what was reviewed/],
      [null, /is there no more/],
    ] as const)
      assert.match(
        driftOf(reviewed, lockOf(text))
          .map(({ message }) => message)
          .join(),
        words,
      )
    assert.match(driftOf(lockOf(null), reviewed)[0]?.message ?? "", /was not reviewed/)
  })
})

function forbid(action: string): string {
  return `forbid (principal == Tabard::Agent::"agt_reader", ${action}, resource);`
}

function permit(action: string): string {
  return forbid(action).replace("forbid", "permit")
}

function checked(text: string, standards: Partial<Standards> = {}): ReturnType<typeof checkFiles> {
  const byHand = { file: "reader/tabard.cedar", text }
  const file: ManifestFile = { file: "reader/tabard.yaml", name: "reader", text: GOOD, lock: null, byHand }
  const terms = { catalogue: TOOLS, people: null, now: NOW, frozen: false }
  return checkFiles([file], { ...terms, standards: { ...DEFAULT_STANDARDS, ...standards } })
}

function found(text: string, standards?: Partial<Standards>): readonly string[] {
  return checked(text, standards).findings.map(({ rule, evidence }) => `${rule} ${evidence[0]?.path}`)
}

function lockOf(text: string | null): ReturnType<typeof lockAgent> {
  const { manifest } = declared(GOOD)
  const byHand = text === null ? null : { file: "tabard.cedar", text }
  return lockAgent(declareAgent({ file: "tabard.yaml", name: "reader", manifest, byHand }, TOOLS), TOOLS)
}
