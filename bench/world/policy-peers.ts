import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BOUNDS, type EvaluationWorld, type PlainCall } from "./evaluation-world.ts"

/** Another engine with the same policies: answers whether it permits a call. */
export interface PolicyPeer {
  readonly name: string
  readonly ask: (call: PlainCall) => boolean
}

const OUTSIDE = join(import.meta.dirname, "../../node_modules/.outside")
const OPA = join(OUTSIDE, "bin/opa")

// Not named as imports are: nothing of this is a dependency of ours.
const outside = createRequire(join(OUTSIDE, "peers/node_modules/"))

/** The engines that scripts/policy-peers.sh has brought here, each with the policies of a world; and what is missing. */
export async function policyPeers(
  world: EvaluationWorld,
): Promise<{ readonly peers: readonly PolicyPeer[]; readonly missing: readonly string[] }> {
  const known: readonly (readonly [string, boolean, (world: EvaluationWorld) => Promise<PolicyPeer>])[] = [
    ["CASL", has("@casl/ability"), casl],
    ["Casbin", has("casbin"), casbin],
    ["OPA-WASM", has("@open-policy-agent/opa-wasm") && existsSync(OPA), opa],
  ]
  const here = known.filter(([, present]) => present)
  return {
    peers: await Promise.all(here.map(([, , make]) => make(world))),
    missing: known.filter(([, present]) => !present).map(([name]) => name),
  }
}

function has(name: string): boolean {
  return existsSync(join(OUTSIDE, "peers/node_modules", name))
}

interface Casl {
  createMongoAbility(rules: readonly object[]): { can(action: string, subject: unknown): boolean }
  subject(type: string, object: object): unknown
}

async function casl({ agent, tools }: EvaluationWorld): Promise<PolicyPeer> {
  const library: Casl = outside("@casl/ability")
  const conditions = {
    agent,
    amount: { $lte: BOUNDS.most },
    path: { $regex: new RegExp(`^${BOUNDS.root}`) },
    now: { $lt: BOUNDS.until },
  }
  const ability = library.createMongoAbility([
    ...tools.slice(2).map((tool) => ({ action: tool, subject: "Call", conditions })),
    { inverted: true, action: "manage", subject: "Call", conditions: { infrastructure: true, env: "prod" } },
    { inverted: true, action: "manage", subject: "Call", conditions: { origin: { $nin: BOUNDS.origins } } },
  ])
  return { name: "CASL 6", ask: (call) => ability.can(call.tool, library.subject("Call", { ...call })) }
}

interface Casbin {
  newModelFromString(text: string): unknown
  newEnforcer(model: unknown): Promise<{
    addPolicies(rules: readonly (readonly string[])[]): Promise<boolean>
    enforceSync(call: PlainCall): boolean
  }>
}

const CASBIN_MODEL = `[request_definition]
r = call
[policy_definition]
p = agent, tool, most, root, until, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.call.agent == p.agent && (p.eft == "deny" ? (r.call.infrastructure && r.call.env == "prod" || r.call.origin != "request" && r.call.origin != "record" && r.call.origin != "delegated") : (r.call.tool == p.tool && r.call.amount <= p.most && keyMatch(r.call.path, p.root) && r.call.now < p.until))
`

async function casbin({ agent, tools }: EvaluationWorld): Promise<PolicyPeer> {
  const library: Casbin = outside("casbin")
  const enforcer = await library.newEnforcer(library.newModelFromString(CASBIN_MODEL))
  const rule = (tool: string, effect: string): string[] => [
    agent,
    tool,
    String(BOUNDS.most),
    `${BOUNDS.root}*`,
    String(BOUNDS.until),
    effect,
  ]
  await enforcer.addPolicies([rule("any", "deny"), ...tools.slice(2).map((tool) => rule(tool, "allow"))])
  return { name: "Casbin 5", ask: (call) => enforcer.enforceSync(call) }
}

interface OpaWasm {
  loadPolicy(wasm: Uint8Array): Promise<{ evaluate(input: unknown): readonly { readonly result: unknown }[] }>
}

async function opa(world: EvaluationWorld): Promise<PolicyPeer> {
  const library: OpaWasm = outside("@open-policy-agent/opa-wasm")
  const policy = await library.loadPolicy(builtRego(world))
  return { name: "OPA 1, compiled to WASM", ask: (call) => policy.evaluate(call)[0]?.result === true }
}

function builtRego({ agent, tools }: EvaluationWorld): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "tabard-rego-"))
  try {
    writeFileSync(join(folder, "bench.rego"), regoText(agent, tools.slice(2)))
    execFileSync(OPA, ["build", "-t", "wasm", "-e", "bench/permit", "-o", "bundle.tar.gz", "bench.rego"], {
      cwd: folder,
    })
    execFileSync("tar", ["xzf", "bundle.tar.gz", "/policy.wasm"], { cwd: folder })
    return readFileSync(join(folder, "policy.wasm"))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function regoText(agent: string, tools: readonly string[]): string {
  const rules = tools.map(
    (tool) => `allow if {
  input.agent == "${agent}"
  input.tool == "${tool}"
  input.amount <= ${BOUNDS.most}
  startswith(input.path, "${BOUNDS.root}")
  input.now < ${BOUNDS.until}
}`,
  )
  return `package bench
default permit := false
default allow := false
default refused := false
permit if { allow; not refused }
refused if { input.infrastructure; input.env == "prod" }
refused if { not input.origin in ${JSON.stringify(BOUNDS.origins)} }
${rules.join("\n")}
`
}
