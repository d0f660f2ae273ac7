import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { assert as assertProperty, constantFrom, property, subarray, tuple } from "fast-check"
import { decide } from "./decide.ts"
import { evaluateSlice } from "./evaluate-slice.ts"
import type { CedarQuestion, LinkQuestion, Standing } from "./judge-link.ts"
import { asks, ERRING, named, SOUND } from "./matrix/narrowing-world.ts"
import { type Ask, questionOf, TOOLS } from "./matrix/world.ts"
import { askOracle } from "./oracle/ask-oracle.ts"
import type { ParsedPolicy, PolicyText } from "./parse-policy.ts"
import { compilePolicies, type PolicyBase } from "./policy-base.ts"
import { compileSchema } from "./schema.ts"
import { PolicyIndex } from "./slice.ts"
import { SliceKeeper } from "./slice-keeper.ts"
import { whatIsAsked } from "./what-is-asked.ts"

const SCHEMA = compileSchema(TOOLS)
const SEND = `action == Tabard::Action::"srv_bank/send_money", resource`
const NOTE = "context.facts.input has note && context.facts.input.note"

/** Policies that ask what is computed of arguments and of the time. */
const ASKING = [
  `permit (principal is Tabard::Agent, ${SEND}) when { ${NOTE}.hosts.contains("api.example.com") };`,
  `permit (principal == Tabard::Agent::"agt_2", ${SEND}) when { ${NOTE}.matches.contains("[a-z]+") };`,
  `forbid (principal in Tabard::Tier::"read-only", ${SEND}) when { context.facts.input has note };`,
  `forbid (principal, action, resource) when { context.facts.within.contains("sat 10:00-11:00 UTC") && ${NOTE}.matches.contains("[a-z]+") };`,
  `forbid (principal is Tabard::User, ${SEND}) when { ${NOTE}.recipients.contains("@evil.example") };`,
]

/** Scopes of a type within another, on either side, some of which no link has. */
const WITHIN = [
  `permit (principal is Tabard::Agent in Tabard::Tier::"transactional", ${SEND} is Tabard::Resource in Tabard::Server::"srv_bank");`,
  `forbid (principal is Tabard::Agent in Tabard::Tier::"read-only", action in [Tabard::Action::"effect:read", Tabard::Action::"effect:egress"], resource is Tabard::Resource in Tabard::System::"production");`,
  `permit (principal is Tabard::User in Tabard::Team::"finance", action, resource is Tabard::Resource);`,
  `forbid (principal is Tabard::Task in Tabard::Agent::"agt_2", action, resource);`,
  `forbid (principal is Tabard::User in Tabard::Team::"sales", action, resource);`,
]

/** Policies that the schema does not bear, about several links and actions. */
const BROKEN = [
  `forbid (principal, ${SEND}) when { context.input.amount == "5" };`,
  `forbid (principal == Tabard::Agent::"agt_2", ${SEND}) when { context.input.to < 5 };`,
  `permit (principal is Tabard::User in Tabard::Team::"finance", ${SEND}) when { context.input.to.x };`,
  `forbid (principal, action == Tabard::Action::"srv_files/move_file", resource) when { context.input.source < 5 };`,
  `permit (principal in Tabard::Tier::"read-only", action in Tabard::Action::"effect:financial", resource) when { principal.nothing };`,
]

const EVERY: readonly PolicyText[] = [
  ...SOUND,
  ...named("erring", ERRING),
  ...named("asking", ASKING),
  ...named("within", WITHIN),
  ...named("broken", BROKEN),
]

const EVERYTHING = baseOf(EVERY)

describe("a slice", () => {
  it("answers as the whole set does, judged by the evaluator and by Cedar itself", () => {
    const seen = { held: 0, erred: 0, facts: 0, smaller: 0 }
    assertProperty(
      property(subarray([...EVERY]), calls, (policies, ask) => {
        const base = baseOf(
          policies.filter(({ id }) => !id.startsWith("broken")),
          EVERYTHING,
        )
        for (const { part, question, whole } of questionsOf(base, ask)) {
          const { link, slice } = part
          const standing = shown(evaluateSlice(slice, link, question))
          assert.deepEqual(standing, shown(evaluateSlice(whole.slice, link, whole.question)))
          assert.deepEqual(
            askOracle(slice.policies, link, question),
            askOracle(whole.slice.policies, link, whole.question),
          )
          seen.held += standing.held.length
          seen.erred += standing.erred.length
          seen.facts += standing.held.filter((id) => id.startsWith("asking")).length
          seen.smaller += slice.policies.length < whole.slice.policies.length ? 1 : 0
        }
      }),
      { numRuns: 200 },
    )
    for (const [what, often] of Object.entries(seen)) assert.ok(often > 3, `${what}: ${often}`)
  })

  it("holds each policy that the schema does not bear wherever it would have spoken, and denies there", () => {
    const seen = { spoke: 0, silent: 0 }
    assertProperty(
      property(subarray([...EVERY]), calls, (policies, ask) => {
        const base = baseOf(policies, EVERYTHING)
        for (const { part, question } of questionsOf(base, ask)) {
          const { link, slice } = part
          const given = { ...question, principal: link.principal, action: question.action.ref }
          const speaking = [...base.broken.keys()].filter((id) =>
            base.policies.get(id)?.compiled.matches(given),
          )
          assert.deepEqual(
            speaking.filter((id) => !slice.broken.includes(id)),
            [],
          )
          if (speaking.length > 0) assert.equal(decide(base, questionOf(ask)).effect, "deny")
          seen.spoke += speaking.length
          seen.silent += base.broken.size - slice.broken.length
        }
      }),
      { numRuns: 200 },
    )
    assert.ok(seen.spoke > 30 && seen.silent > 30, JSON.stringify(seen))
  })

  it("is gathered once for each link and action, however often and about whatever it is asked", () => {
    const index = new CountingIndex(EVERYTHING.policies.values())
    const base = { ...EVERYTHING, index, slices: new SliceKeeper(index, EVERYTHING.broken) }
    const ask = (arguments_: NonNullable<Ask["arguments"]>, agent: "agt_1" | "agt_2" = "agt_1"): void => {
      decide(base, questionOf({ arguments: arguments_, agents: [{ id: agent }] }))
    }
    for (let amount = 0; amount < 50; amount++) ask({ to: "bob", amount })
    assert.equal(index.gathered, 1)
    for (let amount = 0; amount < 50; amount++) ask({ to: "eve", amount }, "agt_2")
    assert.equal(index.gathered, 2)
    const move = { server: "srv_files", tool: "move_file", arguments: { source: "/a", destination: "/b" } }
    for (let at = 0; at < 50; at++) decide(base, questionOf({ ...move, server: "srv_files" }))
    assert.equal(index.gathered, 3)
    // Another tier is another slice: what the agent belongs to is part of what it is asked as.
    decide(base, questionOf({ agents: [{ id: "agt_1", tier: "read-only" }] }))
    assert.equal(index.gathered, 4)
  })

  it("of a version that is in force no longer answers nothing in the next", () => {
    const forbid = `forbid (principal, ${SEND});`
    const permit = `permit (principal, ${SEND});`
    const before = baseOf([{ id: "own/1", text: permit }])
    assert.equal(decide(before, questionOf({})).effect, "permit")
    const both = [permit, forbid].map((text, at) => ({ id: `own/${at + 1}`, text }))
    const after = baseOf(both, before)
    assert.equal(decide(after, questionOf({})).effect, "deny")
    assert.equal(decide(before, questionOf({})).effect, "permit")
  })
})

/** Calls whose arguments also say what facts are computed of. */
const calls = tuple(
  asks,
  constantFrom("https://api.example.com/x", "abc", "u@evil.example", "", undefined),
).map(
  ([ask, note]): Ask => ({ ...ask, arguments: { ...ask.arguments, ...(note !== undefined && { note }) } }),
)

interface Compared {
  readonly part: Omit<LinkQuestion, "question">
  readonly question: CedarQuestion
  readonly whole: LinkQuestion
}

/** Each question of each link, beside the same with every policy there is in its slice. */
function* questionsOf(base: PolicyBase, ask: Ask): Generator<Compared> {
  const asked = whatIsAsked(base, questionOf(ask))
  const index = new WholeIndex(base.policies.values())
  const all = whatIsAsked({ ...base, slices: new SliceKeeper(index, base.broken) }, questionOf(ask))
  // A number without the form that a forbid compares is refused before anybody judges.
  if ("refused" in asked || "refused" in all) return
  for (const [at, question] of asked.questions.entries()) {
    for (const [place, part] of asked.links.entries()) {
      const [same, link] = [all.questions[at], all.links[place]]
      assert.ok(same && link)
      yield { part, question, whole: { ...link, question: same } }
    }
  }
}

/** Every policy, whoever asks. */
class WholeIndex extends PolicyIndex {
  readonly #all: readonly ParsedPolicy[]

  constructor(policies: Iterable<ParsedPolicy>) {
    super([])
    this.#all = [...policies]
  }

  override slice(): ParsedPolicy[] {
    return [...this.#all]
  }
}

class CountingIndex extends PolicyIndex {
  gathered = 0

  override slice(...asked: Parameters<PolicyIndex["slice"]>): ParsedPolicy[] {
    this.gathered += 1
    return super.slice(...asked)
  }
}

function baseOf(policies: readonly PolicyText[], previous?: PolicyBase): PolicyBase {
  return compilePolicies({
    schema: SCHEMA,
    policies,
    version: 1,
    invalid: "deny",
    ...(previous && { previous }),
  })
}

function shown(standing: Standing): { readonly held: readonly string[]; readonly erred: readonly string[] } {
  assert.ok(standing.kind === "judged")
  return { held: standing.held.map(({ id }) => id).toSorted(), erred: standing.erred.toSorted() }
}
