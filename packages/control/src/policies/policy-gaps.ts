import type { Agent, Id, ToolVersion } from "@tabard/core"
import { actionsNamed, readPolicy } from "@tabard/policy"
import type { PolicySet } from "../decisions/policy-store.ts"
import type { Transaction } from "../transaction.ts"

/** Rules that rule nothing, and what no rule speaks of. */
export interface PolicyGaps {
  /** Active agents that no manifest binds: they may do nothing. */
  readonly agentsWithoutManifest: readonly Id<"agent">[]
  /** Reviewed tools that no agent's policies permit. */
  readonly toolsWithoutPermit: readonly { readonly server: Id<"server">; readonly tool: string }[]
  /** Policies of everybody that brought none of the newest decisions about. */
  readonly silentPolicies: readonly string[]
  /** Whether there are more of each than are told. */
  readonly more: { readonly agents: boolean; readonly tools: boolean; readonly policies: boolean }
}

/** The most of each that is told. */
const MOST = 200

const MOST_DECISIONS = 1000
const PAGE = 1000

const PERMIT = /\bpermit\s*\(/

type GapReads = Pick<Transaction, "agents" | "decisions" | "policies" | "servers">

/** Answers what no rule speaks of, and which of everybody's rules decided nothing lately. */
export async function policyGaps(tx: GapReads): Promise<PolicyGaps> {
  const intents = await tx.policies.beginning("intent", "agt_")
  const agents = await unbound(tx, new Set(intents.map(({ subject }) => subject)))
  const permitted = permittedBy(intents)
  const tools = (await tx.servers.pinned()).filter((tool) => !permitted(tool)).map(nameOf)
  const policies = await silent(tx)
  return {
    agentsWithoutManifest: agents.slice(0, MOST),
    toolsWithoutPermit: tools.slice(0, MOST),
    silentPolicies: policies.slice(0, MOST),
    more: { agents: agents.length > MOST, tools: tools.length > MOST, policies: policies.length > MOST },
  }
}

/** Looks at all active agents until one more is found than is told. */
async function unbound(
  { agents }: Pick<Transaction, "agents">,
  bound: ReadonlySet<string>,
): Promise<readonly Id<"agent">[]> {
  const found: Id<"agent">[] = []
  let page: readonly Agent[] = await agents.list({ state: "active", limit: PAGE })
  while (page.length > 0) {
    found.push(...page.flatMap(({ id }) => (bound.has(id) ? [] : [id])))
    const after = page.length === PAGE && found.length <= MOST ? page.at(-1)?.id : undefined
    page = after ? await agents.list({ state: "active", limit: PAGE, after }) : []
  }
  return found
}

async function silent({
  policies,
  decisions,
}: Pick<Transaction, "decisions" | "policies">): Promise<readonly string[]> {
  const newest = await decisions.list({ limit: MOST_DECISIONS })
  const spoke = new Set(newest.flatMap(({ reasons }) => reasons))
  const everybodys = (await policies.concerning([])).flatMap((set) => set.policies)
  return everybodys.flatMap(({ id }) => (spoke.has(id) ? [] : [id]))
}

/** Manifests name each tool that they permit; who writes by hand may name classes of tools, or none. */
function permittedBy(intents: readonly PolicySet[]): (tool: ToolVersion) => boolean {
  const permits = intents.flatMap(({ subject, policies }) =>
    policies.flatMap(({ text }) => (PERMIT.test(text) ? [{ byHand: subject.endsWith("/hand"), text }] : [])),
  )
  const groups = new Set(permits.flatMap(({ byHand, text }) => (byHand ? groupsPermitted(text) : [])))
  const named = permits.map(({ text }) => text).join("\n")
  return ({ server, name, effects }) =>
    named.includes(JSON.stringify(`${server}/${name}`)) ||
    [ANY, "tools/call", ...effects.map((effect) => `effect:${effect}`)].some((group) => groups.has(group))
}

/** Stands for a permit that leaves its action open. */
const ANY = ""

/** Answers the actions that a permit names, and `ANY` where it leaves its action open. */
function groupsPermitted(text: string): readonly string[] {
  const read = readPolicy(text)
  if (read.type === "failure" || read.json.effect !== "permit") return []
  const named = actionsNamed(read.json)
  return named.length === 0 ? [ANY] : named
}

function nameOf({ server, name }: ToolVersion): { readonly server: Id<"server">; readonly tool: string } {
  return { server, tool: name }
}
