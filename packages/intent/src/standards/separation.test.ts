import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import type { AgentDeclaration } from "./declaration.ts"
import { declared, SOUND, vetted } from "./fixtures/declared.ts"
import { matches } from "./reach.ts"
import { PARTIES, type Separation } from "./standards.ts"
import { vet } from "./vet.ts"

const REQUEST = "tools: [{ server: bank, tool: request_payment, ask: owner }]"
const APPROVE = "tools: [{ server: bank, tool: approve_payment, ask: owner }]"
const HEAD = SOUND.replace("read-only", "operator")
const BEAS = HEAD.replace("ann@", "bea@")
const PAYMENTS: Separation = {
  name: "Pay and approve",
  sets: [{ tools: ["bank/request_*"] }, { tools: ["bank/approve_payment"] }],
  atMost: 1,
  across: PARTIES,
}

describe("duties that are kept apart", () => {
  it("are told where one agent has both, in one file or in two", () => {
    const both = `${HEAD}tools: [{ server: bank, tool: request_payment, ask: owner }, { server: bank, tool: approve_payment, ask: owner }]`
    assert.deepEqual(breaches([declared(both, "a")]), ["a"])
    assert.deepEqual(breaches([declared(`${HEAD}${REQUEST}`, "a"), declared(`${BEAS}${APPROVE}`, "a")]), [
      "a",
    ])
  })

  it("are told where one hands work to the other, however far, with the way that it goes", () => {
    const chain = [
      declared(`${HEAD}delegatesTo: [b]\n${REQUEST}`, "a"),
      declared(`${BEAS}delegatesTo: [c]\ntools: []`, "b"),
      declared(`${BEAS.replace("bea@", "cid@")}${APPROVE}`, "c"),
    ]
    const [finding] = found(chain)
    assert.equal(finding?.subject, "a")
    assert.match(finding?.message ?? "", /a → b → c/)
    assert.equal(finding?.evidence[0]?.line, 8)
  })

  it("are told where a server lets one act for the other, which no manifest says; and where that one is not here", () => {
    const [giver, taker] = [declared(`${HEAD}${REQUEST}`, "agt_a"), declared(`${BEAS}${APPROVE}`, "agt_b")]
    const held = (declarations: readonly AgentDeclaration[]): readonly string[] =>
      vet({
        ...vetted(declarations, { separation: [PAYMENTS] }),
        delegations: [{ from: "agt_a", to: "agt_b" }],
      }).findings.map(({ rule, subject }) => `${rule} ${subject}`)
    assert.deepEqual(held([giver, taker]), ["separation-of-duties agt_a"])
    assert.deepEqual(held([giver]), ["delegate-unknown agt_a"])
    assert.deepEqual(held([taker]), [])
  })

  it("are told where two agents of one person have them, whichever way the address is spelt", () => {
    const two = [
      declared(`${HEAD}${REQUEST}`, "a"),
      declared(`${HEAD.replace("ann@", "ANN@")}${APPROVE}`, "b"),
    ]
    assert.deepEqual(breaches(two), ["ann@example.test"])
    assert.deepEqual(breaches(two, { ...PAYMENTS, across: ["agent", "delegation"] }), [])
  })

  it("stay apart between agents of two people who hand each other nothing", () => {
    assert.deepEqual(breaches([declared(`${HEAD}${REQUEST}`, "a"), declared(`${BEAS}${APPROVE}`, "b")]), [])
  })

  it("are met by a class of tools where nobody said what it holds", () => {
    const wild = `${HEAD}tools: [{ server: elsewhere, tool: "effect:write" }]`
    const elsewhere = { ...PAYMENTS, sets: [{ tools: ["elsewhere/a"] }, { tools: ["else*/b"] }] }
    assert.deepEqual(breaches([declared(wild, "a")], elsewhere), ["a"])
  })

  it("are met by folders that lie within each other, and by no limit at all", () => {
    const folders = { ...PAYMENTS, sets: [{ resources: ["files:/srv/pay"] }, { resources: ["bank"] }] }
    const at = (limit: string): string =>
      `${HEAD}tools: [{ server: files, tool: read_text_file${limit} }, { server: bank, tool: get_balance }]`
    const under = (folder: string): string => at(`, arguments: { path: { under: ${folder} } }`)
    for (const text of [at(""), under("/srv"), under("/srv/pay/2027"), under("/srv/x/../pay"), under("/")])
      assert.deepEqual(breaches([declared(text, "a")], folders), ["a"], text)
    for (const folder of ["/srv/payroll", "/srv/other"])
      assert.deepEqual(breaches([declared(under(folder), "a")], folders), [], folder)
  })

  it("agree with asking every set of every party for itself", () => {
    fc.assert(
      fc.property(worlds, separations, (world, separation) => {
        const declarations = world.map(declaredOf)
        assert.deepEqual(new Set(breaches(declarations, separation)), bruteForce(world, separation))
      }),
      { numRuns: 400 },
    )
  })
})

describe("a check that fails", () => {
  it("passes for no permission that is added, whatever is demanded", () => {
    fc.assert(
      fc.property(worlds, separations, fc.nat(), fc.nat(7), (world, separation, at, tool) => {
        const wider = world.map((agent, index) =>
          index === at % world.length ? { ...agent, tools: [...agent.tools, tool] } : agent,
        )
        const standards = { separation: [separation] }
        const before = vet(vetted(world.map(declaredOf), standards)).findings.map(known)
        const after = new Set(vet(vetted(wider.map(declaredOf), standards)).findings.map(known))
        assert.deepEqual(
          before.filter((finding) => !after.has(finding)),
          [],
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe("a pattern of tools", () => {
  it("means what its stars say, and is read in one go", () => {
    for (const [pattern, text, means] of [
      ["bank/pay", "bank/pay", true],
      ["bank/pay", "bank/pay2", false],
      ["bank/*", "bank/pay", true],
      ["*/approve_*", "bank/approve_payment", true],
      ["*/approve_*", "bank/disapprove", false],
      ["a*a", "a", false],
      ["a*b*c", "a-c-b-c", true],
      ["a*b*c", "a-c-c", false],
    ] as const)
      assert.equal(matches(pattern, text), means, `${pattern} ${text}`)
    assert.equal(matches(`${"a*".repeat(5000)}b`, "a".repeat(100_000)), false)
  })
})

/** An agent of the generated worlds: what it has, to whom it hands work, whose it is. */
interface Agent {
  readonly name: number
  readonly tools: readonly number[]
  readonly to: readonly number[]
  readonly owner: number
}

const worlds: fc.Arbitrary<Agent[]> = fc.array(
  fc.record({
    name: fc.nat(4),
    tools: fc.array(fc.nat(7), { maxLength: 3 }),
    to: fc.array(fc.nat(4), { maxLength: 2 }),
    owner: fc.nat(2),
  }),
  { minLength: 1, maxLength: 6 },
)

const separations: fc.Arbitrary<Separation> = fc
  .record({
    sets: fc.array(fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 }),
    atMost: fc.integer({ min: 1, max: 3 }),
    across: fc.subarray([...PARTIES], { minLength: 1 }),
  })
  .map(({ sets, atMost, across }) => ({
    name: "Apart",
    sets: sets.map((tools) => ({ tools: tools.map((tool) => `s/t${tool}`) })),
    atMost: Math.min(atMost, sets.length - 1),
    across,
  }))

function declaredOf({ name, tools, to, owner }: Agent): AgentDeclaration {
  const entries = tools.map((tool) => `{ server: s, tool: t${tool} }`).join(", ")
  const text = `purpose: Do the generated work of this one test\ntier: operator\nowner: o${owner}\ndelegatesTo: [${to.map((other) => `g${other}`).join(", ")}]\ntools: [${entries}]`
  return declared(text, `g${name}`)
}

/** The same the slow way: everybody is followed for as many steps as there are agents, and each set is asked of what they hold. */
function bruteForce(world: readonly Agent[], separation: Separation): Set<string> {
  const names = [...new Set(world.map(({ name }) => name))]
  const owners = [...new Set(world.map(({ owner }) => owner))]
  const among = (party: (typeof PARTIES)[number]): boolean => separation.across.includes(party)
  const together = (members: readonly number[]): boolean => isBreached(world, members, separation)
  return new Set([
    ...names.filter((name) => among("agent") && together([name])).map((name) => `g${name}`),
    ...names
      .filter((name) => among("delegation") && together(follow(world, [name])))
      .map((name) => `g${name}`),
    ...owners
      .filter((owner) => among("owner") && ownedBy(world, owner).length > 1)
      .filter((owner) => together(follow(world, ownedBy(world, owner))))
      .map((owner) => `o${owner}`),
  ])
}

function ownedBy(world: readonly Agent[], owner: number): number[] {
  return [...new Set(world.filter((agent) => agent.owner === owner).map(({ name }) => name))]
}

function follow(world: readonly Agent[], from: readonly number[]): readonly number[] {
  return world.reduce<readonly number[]>(
    (reached) =>
      [0, 1, 2, 3, 4].filter(
        (name) => reached.includes(name) || reached.some((one) => hands(world, one, name)),
      ),
    from,
  )
}

function isBreached(
  world: readonly Agent[],
  members: readonly number[],
  { sets, atMost }: Separation,
): boolean {
  const agents = world.filter(({ name }) => members.includes(name))
  const has = new Set(agents.flatMap(({ tools }) => tools.map((tool) => `s/t${tool}`)))
  return sets.filter(({ tools = [] }) => tools.some((tool) => has.has(tool))).length > atMost
}

function hands(world: readonly Agent[], from: number, to: number): boolean {
  return world.some((agent) => agent.name === from && agent.to.includes(to))
}

function found(
  declarations: readonly AgentDeclaration[],
  separation = PAYMENTS,
): ReturnType<typeof vet>["findings"] {
  return vet(vetted(declarations, { separation: [separation] })).findings.filter(
    ({ rule }) => rule === "separation-of-duties",
  )
}

function breaches(declarations: readonly AgentDeclaration[], separation = PAYMENTS): string[] {
  return found(declarations, separation).map(({ subject }) => subject)
}

/** A finding, whatever its words say. */
function known({ rule, subject, severity }: ReturnType<typeof vet>["findings"][number]): string {
  return `${rule} ${subject} ${severity}`
}
