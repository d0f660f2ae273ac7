import * as fc from "fast-check"
import { quote } from "../../../cedar.ts"
import type { ValueJson } from "../../value-json.ts"
import type { Case } from "../oracle.ts"
import { numbered } from "./arbitrary-case.ts"
import { SPELLINGS } from "./words.ts"

const EFFECTS = ["read", "write", "delete", "execute", "financial", "infrastructure", "egress"]
const PROVENANCE = ["request", "record", "delegated", "stranger", "unknown"]
const ROLES = ["target", "amount", "content", "code"]
const PATHS = ["/home/ann/notes", "/home/ann/notes/a", "/etc/passwd", "/home/ann/notes*", ""]

/** What conditions of ours are made of; every one of them reads what a request may lack. */
const CONDITIONS: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("context.session has task", "context.session has ip", "context.session has onBehalfOf"),
  fc.constantFrom(...ROLES).map((role) => `context.session.prov.${role}.isEmpty()`),
  fc
    .tuple(fc.subarray(PROVENANCE, { minLength: 1 }), fc.constantFrom(...ROLES))
    .map(([trusted, role]) => `[${trusted.map(quote).join()}].containsAll(context.session.prov.${role})`),
  fc.constantFrom("owner", "security").map((who) => `context.session.approved.contains("${who}")`),
  fc.constantFrom("prod", "staging").map((env) => `context.session.env == "${env}"`),
  fc
    .constantFrom(...SPELLINGS.decimal)
    .map(
      (most) =>
        `context.input.amount has dec && context.input.amount.dec.lessThanOrEqual(decimal("${most}"))`,
    ),
  fc.constantFrom("10", "9007199254740993", "-1").map((most) => `context.input.amount.long <= ${most}`),
  fc.constantFrom("500", "9007199254740993").map((text) => `context.input.amount.text == "${text}"`),
  fc.constantFrom(...SPELLINGS.datetime).map((end) => `context.session.now < datetime("${end}")`),
  fc.constantFrom(...SPELLINGS.ip).map((range) => `context.session.ip.isInRange(ip("${range}"))`),
  fc.constantFrom(...PATHS).map((path) => `context.input.path like ${quote(path).replace('*"', '\\**"')}`),
  fc.constantFrom("0", "3").map((calls) => `context.session.left.calls > ${calls}`),
  fc.constant('context.session.left.spend.greaterThan(decimal("0.0"))'),
  fc.constantFrom("managed", "encrypted").map((fact) => `context.session.posture.contains("${fact}")`),
  fc.constantFrom("principal.risk < 50", "principal has owner", "context.session.onBehalfOf.active"),
  fc.constantFrom(
    "context.session.tool.pinned",
    "context.session.tool.lowered",
    "context.session.depth <= 2",
  ),
  fc.constantFrom('resource in Tabard::Server::"srv_1"', 'principal in Tabard::Tier::"read-only"'),
)

const principals: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "principal",
    "principal",
    "principal is Tabard::Agent",
    'principal == Tabard::Agent::"agt_1"',
  ),
  fc.constantFrom('principal in Tabard::Tier::"read-only"', 'principal in Tabard::Organisation::"org_1"'),
)

const actions: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("action", "action", 'action == Tabard::Action::"srv_1/send"'),
  fc.constantFrom(...EFFECTS).map((effect) => `action in Tabard::Action::"effect:${effect}"`),
  fc
    .subarray(EFFECTS)
    .map((effects) => `action in [${effects.map((effect) => `Tabard::Action::"effect:${effect}"`).join()}]`),
)

/** Policies and requests as Tabard makes them: sessions, lowered arguments, provenance, effect groups, tiers. */
export const sessionCases: fc.Arbitrary<Case> = fc.record({
  policies: fc.array(policies(), { minLength: 1, maxLength: 8 }).map(numbered),
  principal: fc.constantFrom(
    uid("Agent", "agt_1"),
    uid("Agent", "agt_2"),
    uid("Task", "tsk_1"),
    uid("User", "usr_1"),
  ),
  action: fc.constantFrom(
    uid("Action", "srv_1/send"),
    uid("Action", "srv_1/read"),
    uid("Action", "tools/list"),
  ),
  resource: fc.constantFrom(uid("Server", "srv_1"), uid("Resource", "srv_1//home/ann/notes")),
  context: contexts(),
  entities: hierarchies(),
})

function policies(): fc.Arbitrary<string> {
  const joined = fc
    .array(fc.tuple(fc.constantFrom("&&", "||"), fc.boolean(), CONDITIONS), { minLength: 1, maxLength: 4 })
    .map((all) =>
      all.map(([and, not, text], place) => `${place ? ` ${and} ` : ""}${not ? "!" : ""}(${text})`).join(""),
    )
  return fc
    .tuple(
      fc.constantFrom("permit", "forbid"),
      principals,
      actions,
      fc.constantFrom("when", "unless"),
      joined,
    )
    .map(
      ([effect, principal, action, kind, text]) =>
        `${effect} (${principal}, ${action}, resource) ${kind} { ${text} };`,
    )
}

function contexts(): fc.Arbitrary<Record<string, ValueJson>> {
  return fc.record({ session: sessions(), input: inputs() })
}

function sessions(): fc.Arbitrary<Record<string, ValueJson>> {
  const provenance = fc.subarray(PROVENANCE)
  return fc.record(
    {
      now: extension("datetime"),
      env: fc.constantFrom("prod", "staging", "dev"),
      ip: extension("ip"),
      posture: fc.subarray(["managed", "encrypted"]),
      task: fc.constant({ __entity: uid("Task", "tsk_1") }),
      onBehalfOf: fc.constant({ __entity: uid("User", "usr_1") }),
      depth: fc.integer({ min: 0, max: 4 }),
      tool: fc.record({ pinned: fc.boolean(), lowered: fc.boolean() }),
      prov: fc.record({ target: provenance, amount: provenance, content: provenance, code: provenance }),
      left: fc.record({ calls: fc.integer({ min: -1, max: 5 }), spend: extension("decimal") }),
      approved: fc.subarray(["owner", "security"]),
    },
    { requiredKeys: ["now", "env", "posture", "depth", "tool", "prov", "left"] },
  )
}

/** Arguments as they are lowered: a number is its text, with a long or a decimal where one holds it. */
function inputs(): fc.Arbitrary<Record<string, ValueJson>> {
  const long = fc.constantFrom<ValueJson>(5, 500, 9_007_199_254_740_993n)
  return fc.record(
    {
      amount: fc.record(
        { text: fc.constantFrom("500", "9007199254740993"), long, dec: extension("decimal") },
        { requiredKeys: ["text"] },
      ),
      path: fc.constantFrom(...PATHS),
    },
    { requiredKeys: [] },
  )
}

function extension(fn: keyof typeof SPELLINGS): fc.Arbitrary<ValueJson> {
  return fc.constantFrom(...SPELLINGS[fn]).map((arg) => ({ __extn: { fn, arg } }))
}

function hierarchies(): fc.Arbitrary<Case["entities"]> {
  return fc
    .tuple(fc.subarray(EFFECTS), fc.boolean(), fc.boolean(), fc.constantFrom("read-only", "operator"))
    .map(([effects, owned, active, tier]) => [
      {
        uid: uid("Agent", "agt_1"),
        attrs: { risk: 20, category: "local", ...(owned && { owner: { __entity: uid("User", "usr_1") } }) },
        parents: [uid("Tier", tier), uid("Organisation", "org_1")],
      },
      { uid: uid("Tier", tier), attrs: {}, parents: [uid("Organisation", "org_1")] },
      { uid: uid("Task", "tsk_1"), attrs: {}, parents: [uid("Agent", "agt_1")] },
      { uid: uid("User", "usr_1"), attrs: { active }, parents: [uid("Organisation", "org_1")] },
      { uid: uid("Resource", "srv_1//home/ann/notes"), attrs: {}, parents: [uid("Server", "srv_1")] },
      {
        uid: uid("Action", "srv_1/send"),
        attrs: {},
        parents: effects.map((effect) => uid("Action", `effect:${effect}`)),
      },
    ])
}

function uid(type: string, id: string): { type: string; id: string } {
  return { type: `Tabard::${type}`, id }
}
