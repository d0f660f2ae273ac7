import { createRequire } from "node:module"
import { compileCedar, EntityStore, readPolicy, recordOf } from "@tabard/policy"

/** A call in plain members, for engines that know no Cedar. */
export interface PlainCall {
  readonly agent: string
  readonly tool: string
  readonly env: string
  readonly infrastructure: boolean
  readonly origin: string
  readonly amount: number
  readonly path: string
  readonly now: number
}

/** What every policy of the agent says, whichever tool it is for. */
export const BOUNDS = {
  most: 500,
  root: "/home/ann/notes/",
  until: Date.parse("2027-01-01T00:00:00Z"),
  origins: ["request", "record", "delegated"],
} as const

/** One agent with so many policies, each for a tool of its own, and a call of one of them, asked of Cedar in two ways. */
export interface EvaluationWorld {
  readonly agent: string
  readonly tools: readonly string[]
  readonly call: PlainCall
  /** Each answers whether it was permitted. */
  readonly askCedar: () => boolean
  readonly askCompiled: () => boolean
  readonly askCompiledReady: () => boolean
}

/** As much of Cedar as is called here. */
interface Cedar {
  preparsePolicySet(name: string, policies: object): { readonly type: string }
  preparseSchema(name: string, schema: string): { readonly type: string }
  statefulIsAuthorized(call: object): {
    readonly type: string
    readonly response?: { readonly decision: string }
  }
}

const cedar: Cedar = createRequire(new URL("../../packages/policy/src/index.ts", import.meta.url))(
  "@cedar-policy/cedar-wasm/nodejs",
)

const AGENT = "agt_019a5b7e-1f00-7000-8000-000000000001"
const SERVER = "srv_019a5b7e-1f00-7000-8000-000000000002"

/** Makes the policies, and has them parsed and compiled. */
export function evaluationWorld(policies: number): EvaluationWorld {
  const tools = Array.from({ length: policies }, (_, place) => `tool_${place}`)
  const tool = tools[Math.floor(policies / 2)] ?? "tool_0"
  const texts = policyTexts(tools)
  const asked = {
    principal: uid("Agent", AGENT),
    action: uid("Action", `${SERVER}/${tool}`),
    resource: uid("Server", SERVER),
  }
  return {
    agent: AGENT,
    tools,
    call: {
      agent: AGENT,
      tool,
      env: "dev",
      infrastructure: false,
      origin: "request",
      amount: 20.5,
      path: "/home/ann/notes/groceries.md",
      now: Date.parse("2026-11-22T16:00:00Z"),
    },
    askCedar: cedarAsks(texts, asked, tool),
    ...compiledAsks(texts, asked),
  }
}

type Asked = Readonly<Record<"principal" | "action" | "resource", ReturnType<typeof uid>>>

function policyTexts(tools: readonly string[]): Map<string, string> {
  const guards = [
    `forbid (principal, action in Tabard::Action::"effect:infrastructure", resource) when { context.session.env == "prod" };`,
    `forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:egress", resource) unless {
      !context.session.prov.target.isEmpty() && ${JSON.stringify(BOUNDS.origins)}.containsAll(context.session.prov.target) };`,
  ]
  const intents = tools.slice(guards.length).map(
    (
      tool,
    ) => `permit (principal == Tabard::Agent::"${AGENT}", action == Tabard::Action::"${SERVER}/${tool}", resource) when {
      context.session has task && context.input.amount has dec
      && context.input.amount.dec.lessThanOrEqual(decimal("${BOUNDS.most}.00"))
      && context.input.path like "${BOUNDS.root}*" && context.session.now < datetime("2027-01-01") };`,
  )
  return new Map([...guards, ...intents].map((text, place) => [`${AGENT}/${place}`, text]))
}

/** Cedar itself, with policies and schema parsed beforehand; the schema knows the one action, as a slice's does. */
function cedarAsks(texts: ReadonlyMap<string, string>, asked: Asked, tool: string): () => boolean {
  const name = `bench ${texts.size}`
  const parsed = [
    cedar.preparsePolicySet(name, { staticPolicies: Object.fromEntries(texts) }),
    cedar.preparseSchema(name, schemaText(tool)),
  ]
  if (parsed.some(({ type }) => type === "failure"))
    throw new Error(`Cedar does not parse: ${JSON.stringify(parsed)}`)
  const call = {
    ...asked,
    context: CONTEXT,
    entities: ENTITIES,
    preparsedPolicySetId: name,
    preparsedSchemaName: name,
    validateRequest: true,
  }
  return () => cedar.statefulIsAuthorized(call).response?.decision === "allow"
}

function compiledAsks(
  texts: ReadonlyMap<string, string>,
  asked: Asked,
): Pick<EvaluationWorld, "askCompiled" | "askCompiledReady"> {
  const set = compileCedar([...texts].map(([id, text]) => ({ id, json: parsedPolicy(text) })))
  const groups = ["effect:write", "effect:egress"].map((group) => uid("Action", group))
  const actions = EntityStore.from([{ uid: asked.action, attrs: {}, parents: groups }])
  const ready = {
    request: { ...asked, context: recordOf(CONTEXT) },
    entities: EntityStore.from(ENTITIES, actions),
  }
  return {
    askCompiled: () =>
      set.isAuthorized({ ...asked, context: recordOf(CONTEXT) }, EntityStore.from(ENTITIES, actions))
        .decision === "allow",
    askCompiledReady: () => set.isAuthorized(ready.request, ready.entities).decision === "allow",
  }
}

function parsedPolicy(text: string): Parameters<typeof compileCedar>[0][number]["json"] {
  const reading = readPolicy(text)
  if (reading.type === "failure") throw new Error(reading.errors.map(({ message }) => message).join("; "))
  return reading.json
}

function uid(type: string, id: string): { type: string; id: string } {
  return { type: `Tabard::${type}`, id }
}

function schemaText(tool: string): string {
  return `namespace Tabard {
    entity Organisation;
    entity User in [Organisation] { active: Bool };
    entity Tier in [Organisation];
    entity Agent in [Tier, Organisation] { owner?: User, category: String, risk: Long };
    entity Task in [Agent];
    entity Server in [Organisation];
    action "effect:write", "effect:egress", "effect:infrastructure";
    action "${SERVER}/${tool}" in ["effect:write", "effect:egress"] appliesTo {
      principal: [Agent], resource: [Server], context: {
        session: { now: datetime, door: String, env: String, bound: String, posture: Set<String>, task?: Task, depth: Long,
          tool: { pinned: Bool, lowered: Bool },
          prov: { target: Set<String>, amount: Set<String>, content: Set<String>, code: Set<String> },
          read: Set<String>, left: { calls: Long, spend: decimal }, approved: Set<String> },
        input: { amount: { text: String, long?: Long, dec?: decimal }, path: String } } };
  }`
}

const CONTEXT = {
  session: {
    now: { __extn: { fn: "datetime", arg: "2026-11-22T16:00:00Z" } },
    door: "gateway",
    env: "dev",
    bound: "dpop",
    posture: ["managed"],
    task: { __entity: uid("Task", "tsk_1") },
    depth: 1,
    tool: { pinned: true, lowered: true },
    prov: { target: ["request"], amount: ["request"], content: ["request"], code: ["request"] },
    read: ["request"],
    left: { calls: 100, spend: { __extn: { fn: "decimal", arg: "10.0" } } },
    approved: [],
  },
  input: {
    amount: { text: "20.5", dec: { __extn: { fn: "decimal", arg: "20.5" } } },
    path: "/home/ann/notes/groceries.md",
  },
}

const ENTITIES = [
  {
    uid: uid("Agent", AGENT),
    attrs: { owner: { __entity: uid("User", "usr_1") }, category: "local", risk: 20 },
    parents: [uid("Tier", "transactional"), uid("Organisation", "org_1")],
  },
  { uid: uid("Tier", "transactional"), attrs: {}, parents: [uid("Organisation", "org_1")] },
  { uid: uid("User", "usr_1"), attrs: { active: true }, parents: [uid("Organisation", "org_1")] },
  { uid: uid("Task", "tsk_1"), attrs: {}, parents: [uid("Agent", AGENT)] },
  { uid: uid("Server", SERVER), attrs: {}, parents: [uid("Organisation", "org_1")] },
  { uid: uid("Organisation", "org_1"), attrs: {}, parents: [] },
]
