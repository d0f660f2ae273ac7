import type { Id, Instance, JsonObject, ToolVersion } from "@tabard/core"
import { REHEARSED } from "@tabard/intent"
import type { AgentFacts, Links, Question, SessionFacts } from "@tabard/policy"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { type CountedBudget, leftOf } from "../budgets/count-budgets.ts"
import type { AgentPrincipal, PresentedToken } from "../tokens/check-token.ts"
import type { ActiveAgent } from "../tokens/require-active-agent.ts"
import type { TokenRecord } from "../tokens/token-store.ts"
import type { Attempt } from "./attempt.ts"
import { type Described, UNKNOWN } from "./described-by.ts"
import type { EnforcementPoint } from "./enforcement-point-store.ts"

/** What the decision point finds out by itself, and no door may assert. */
const OUR_POSTURES = ["key:", "identity:", "rehearsed"]

/** Who acts, by a token or as a registered door names them: then there is no key, no install or no token to speak of. */
export interface Acting
  extends Pick<
    AgentPrincipal,
    "agent" | "mandate" | "owner" | "chain" | "task" | "served" | "servedTeams" | "jkt"
  > {
  readonly instance: Instance | null
  readonly token: TokenRecord | null
}

/** Who acts, as far as circumstances tell: by which install and key, and with how many calls left. */
export type ActingBy = WhoActs &
  Pick<Acting, "instance" | "jkt"> & { readonly token: Pick<TokenRecord, "callsLeft"> | null }

/** Whoever acts, with everyone on whose behalf. */
export type WhoActs = Omit<Acting, "instance" | "jkt" | "token">

/** What a door saw itself; that which it is not registered to assert does not count. */
export interface Circumstances {
  readonly ip?: string
  readonly posture?: readonly string[]
  readonly prov?: NonNullable<SessionFacts["prov"]>
  /** Where links were resolved: the path on disk, by the path as it was given. */
  readonly resolvedPaths?: ReadonlyMap<string, string>
}

/** What a door sees of the way that a request came: where from, and whether by a private endpoint. */
export type SeenAtDoor = Pick<Circumstances, "ip" | "posture">

/** One call of a reviewed tool, by whom, at which door, and all that is known about them. */
export interface CallFacts extends Described {
  readonly server: Id<"server">
  /** The system that the server works with. */
  readonly system: string
  readonly tool: ToolVersion
  readonly arguments: JsonObject
  readonly principal: Acting
  readonly point: Pick<EnforcementPoint, "kind" | "asserts">
  readonly circumstances: Circumstances
  /** The budgets that it would take from. */
  readonly counted: readonly CountedBudget[]
}

/** What is asked, by whom, at which door. */
export interface Asking extends Described {
  readonly attempt: Attempt
  readonly principal: AgentPrincipal
  readonly point: EnforcementPoint
  readonly tool: ToolVersion
  /** The system that the server works with. */
  readonly system: string
  /** The budgets that it takes from, if it is permitted. */
  readonly counted: readonly CountedBudget[]
}

/** Answers what an attempt tells of the call that it would make. */
export function callFactsOf({ attempt, ...known }: Asking): CallFacts {
  const { server, arguments: args, resolvedPaths, caller } = attempt
  const circumstances = { resolvedPaths, ...seenOf(caller) }
  return { ...known, server: server.id, arguments: args, circumstances }
}

/** Answers what a door saw of the way that a request came which brought a token. */
export function seenOf({ address: ip, posture }: Pick<PresentedToken, "address" | "posture">): SeenAtDoor {
  return { ...(ip !== undefined && { ip }), ...(posture && { posture }) }
}

/** Who asks at which door, and all that is known about the circumstances. */
export interface AskedWhere
  extends Pick<CallFacts, "circumstances" | "counted" | "environment" | "point" | "read"> {
  readonly principal: ActingBy
}

/** Puts a call into the words that policies know. `approved` are the routes whose people have agreed to exactly this. */
export function questionOf(
  { organisation, clock }: Pick<RecordContext, "clock" | "organisation">,
  call: CallFacts,
  approved: readonly string[],
): Question {
  const { tool } = call
  const { resolvedPaths } = assertedIn(call)
  const session = sessionOf({ clock }, call, rehearsedIn(call))
  return {
    organisation: organisation.id,
    action: {
      tool: tool.name,
      digest: tool.digest,
      arguments: call.arguments,
      ...(resolvedPaths && { realPaths: Object.fromEntries(resolvedPaths) }),
    },
    server: { id: call.server, system: call.system },
    links: linksOf(call),
    session: { ...session, approved },
  }
}

/** Answers what is known about the circumstances, by the decision point itself and by the door as far as it may say. */
export function sessionOf(
  { clock }: Pick<RecordContext, "clock">,
  asked: AskedWhere,
  known: readonly string[] = [],
): SessionFacts {
  const { principal, read } = asked
  const { ip, prov, posture = [] } = assertedIn(asked)
  return {
    ...(ip !== undefined && { ip }),
    ...(prov && { prov }),
    ...(read && { read }),
    now: clock.now(),
    door: asked.point.kind,
    env: asked.environment,
    bound: principal.jkt === null ? "none" : "dpop",
    posture: [...postureOf(principal), ...known, ...posture],
    // Where calls are not counted none is left, as of money: a policy that counts on some denies.
    left: leftOf(asked.counted, principal.token?.callsLeft ?? null),
  }
}

/** Answers what a door may state: what it is registered to have seen itself; whatever else it sends is dropped. */
export function assertedIn({
  point: { asserts },
  circumstances,
}: Pick<CallFacts, "circumstances" | "point">): Circumstances {
  const { ip, posture, prov, resolvedPaths } = circumstances
  return {
    ...(ip !== undefined && asserts.includes("network") && { ip }),
    // Where a key is that was proven is known here alone.
    ...(posture && asserts.includes("posture") && { posture: posture.filter((one) => !isOurs(one)) }),
    ...(prov && asserts.includes("provenance") && { prov }),
    ...(resolvedPaths && asserts.includes("resolved-path") && { resolvedPaths }),
  }
}

function isOurs(posture: string): boolean {
  return OUR_POSTURES.some((prefix) => posture.startsWith(prefix))
}

/** A tool that was not tried, or was under another definition, is as if nobody had rehearsed. */
function rehearsedIn({ rehearsed = {}, server, tool }: CallFacts): readonly string[] {
  const id = `${server}/${tool.name}`
  return Object.hasOwn(rehearsed, id) && rehearsed[id] === tool.digest ? [REHEARSED] : []
}

/**
 * That its platform proved who it is; or where the key is that was proven, as its install has said. What it said of a new key says nothing of the one before, and
 * what nobody said is no posture at all, so that a policy which demands one denies.
 */
function postureOf({ instance, jkt }: Pick<Acting, "instance" | "jkt">): readonly string[] {
  if (!instance) return []
  const { kind, keyStorage, thumbprint } = instance
  if (kind === "federated") return ["identity:federated"]
  return keyStorage !== undefined && thumbprint !== null && thumbprint === jkt ? [`key:${keyStorage}`] : []
}

/** Everyone on whose behalf the call is made: the person served, the task, the agent, and each agent that it acts for. */
export function linksOf({
  principal,
  category,
  risk,
  actedFor,
}: Pick<CallFacts, "category" | "risk" | "actedFor"> & { readonly principal: WhoActs }): Links {
  const { task, chain } = principal
  const described = [{ category, risk }, ...actedFor]
  const facts = (link: ActiveAgent, index: number): AgentFacts => ({
    category: described[index]?.category ?? UNKNOWN.category,
    risk: described[index]?.risk ?? UNKNOWN.risk,
    id: link.agent.id,
    owner: link.owner.id,
    tier: link.mandate.tier,
  })
  const user = servedLink(principal)
  return {
    ...(user && { user }),
    ...(task && { task: { id: task.id, agent: task.agent } }),
    agents: [facts(principal, 0), ...chain.map((link, index) => facts(link, index + 1))],
  }
}

/** An owner's word is the mandate itself; whoever else is served has to have let the agent do it. */
function servedLink({ task, served, servedTeams, owner, chain }: WhoActs): Links["user"] {
  const id = task?.onBehalfOf ?? served?.id
  if (id === undefined || (!task && chain.length === 0 && id === owner.id)) return undefined
  return { id, active: served?.active ?? false, teams: servedTeams }
}

/** Answers whoever acts, and then each agent that it acts for. */
export function agentsOf({ agent, chain }: Pick<AgentPrincipal, "agent" | "chain">): readonly Id<"agent">[] {
  return [agent.id, ...chain.map((link) => link.agent.id)]
}

/** Answers whom an act is recorded as done for: the person, and the agents between. */
export function actedForBy({
  chain,
  task,
  token,
}: Pick<AgentPrincipal, "chain" | "task" | "token">): Pick<AuditEvent, "actors" | "onBehalfOf"> {
  const onBehalfOf = task?.onBehalfOf ?? token.served
  return { actors: chain.map(({ agent }) => agent.id), ...(onBehalfOf && { onBehalfOf }) }
}

/** The links by name, for the action hash and for people. */
export function chainOf(links: Links): readonly string[] {
  return [
    ...(links.user ? [links.user.id] : []),
    ...(links.task ? [links.task.id] : []),
    ...links.agents.map(({ id }) => id),
  ]
}
