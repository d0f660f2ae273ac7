import {
  AGENTS_APPLICATION,
  type RegisteredPoint,
  recordDisputedQuestion,
  recordEvaluations,
} from "@tabard/control"
import { type Id, Recent } from "@tabard/core"
import type { Context, Hono } from "hono"
import { resourceMetadataUrl } from "../door/protected-resource.ts"
import { authenticateAgent } from "../oauth/authenticate-agent.ts"
import { SettledTokens } from "../oauth/settled-tokens.ts"
import { VerifiedTokens } from "../oauth/verified-tokens.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import type { AccessCaller } from "./access-caller.ts"
import { type AccessDoorDeps, accessDoor } from "./access-door.ts"
import { type AccessLane, accessLane } from "./access-lane.ts"
import { AccessRefused } from "./access-refused.ts"
import { type AgentsPointDeps, agentsPoint } from "./agents-point.ts"
import type { KeepEvaluations } from "./answer-question.ts"
import { applicationPoint } from "./application-point.ts"
import type { DecisionPoint } from "./decision-point.ts"
import { EvaluationWriter } from "./evaluation-writer.ts"
import { KnownServers } from "./known-servers.ts"

/** What the decision point's door is opened with. */
export interface OpenAccessDeps {
  readonly open: OpenOrganisation
  /** Answers where a request comes from, as far as that is known. */
  readonly addressOf: (context: Context) => string
  readonly onFault: (error: unknown) => void
}

/** The decision point of one organisation, open. */
export interface OpenAccess {
  readonly door: Hono
  /** Takes what it can answer itself; answers whether it did. */
  readonly lane: AccessLane
}

/** Opens the decision point of one organisation to enforcement points and agents. */
export function openAccess({ open, addressOf, onFault }: OpenAccessDeps): OpenAccess {
  const { publicUrl, organisation, applications, points } = open
  const servers = new KnownServers((name) => serverNamed(open, name))
  const asked = { ...open, known: open.inputs, servers }
  const deps: AccessDoorDeps = {
    publicUrl,
    slug: organisation.slug,
    points,
    agentOf: agentReader(open, addressOf),
    exists: async (name) => (await applications.find(name)) !== undefined,
    pointFor: (name, caller) => pointFor(asked, name, caller),
    keepFor: keepers(open),
    onFault,
  }
  return { door: accessDoor(deps), lane: accessLane({ ...deps, points }) }
}

async function serverNamed({ shelf }: OpenOrganisation, name: string): Promise<Id<"server"> | undefined> {
  return (await shelf.snapshot(({ servers }) => servers.findByName(name)))?.id
}

/** Other applications are asked by points that are registered for them; to anybody else they are not there. */
async function pointFor(
  open: OpenOrganisation & AgentsPointDeps,
  name: string,
  caller: AccessCaller,
): Promise<DecisionPoint | undefined> {
  void open.versionWatch.look()
  const theirs = caller.kind === "agent" ? [AGENTS_APPLICATION] : caller.point.applications
  if (!theirs.includes(name)) return undefined
  if (name === AGENTS_APPLICATION) return agentsPoint(open, caller)
  const found = await open.applications.find(name)
  if (!found || caller.kind !== "point") return undefined
  const { id, recorded } = caller.point
  return applicationPoint(name, found, {
    recorded,
    disputed: (about, words) =>
      recordDisputedQuestion(recordingFor(open, caller.point), { ...about, by: id }, words),
  })
}

/** The most points whose writers are held. */
const MOST_WRITERS = 1_000

/** Answers how what a caller asks is kept: together with whatever else the same point asks at once. */
function keepers(open: OpenOrganisation): AccessDoorDeps["keepFor"] {
  const writers = new Recent<EvaluationWriter>(MOST_WRITERS)
  return (caller) => {
    if (caller.kind !== "point") return async () => undefined
    const { id } = caller.point
    const writer = writers.get(id) ?? new EvaluationWriter(writing(open, caller.point))
    writers.set(id, writer)
    return (evaluations) => writer.keep(evaluations)
  }
}

/** What cannot be shown afterwards is not answered where it was to be recorded. */
function writing(open: OpenOrganisation, point: RegisteredPoint): KeepEvaluations {
  const { recordWatch } = open
  const deps = recordingFor(open, point)
  return async (evaluations) => {
    const stop = await recordWatch.stop()
    if (stop) throw new AccessRefused(503, "record_unavailable", stop.words)
    await recordEvaluations(deps, point, evaluations)
  }
}

function recordingFor(
  { organisation, clock, shelf }: OpenOrganisation,
  { apiToken }: RegisteredPoint,
): Parameters<typeof recordEvaluations>[0] {
  return { organisation, clock, transact: shelf.transact, via: apiToken, door: "authzen" }
}

type AgentReader = (context: Context) => Promise<Extract<AccessCaller, { kind: "agent" }>>

/** Tokens for the gateway are good here as well, and those for the decision point itself. */
function agentReader(open: OpenOrganisation, addressOf: OpenAccessDeps["addressOf"]): AgentReader {
  const { issuer, resource, clock, shelf, publicUrl, nonces, standing } = open
  const door = {
    shelf,
    clock,
    server: issuer,
    standing,
    nonces,
    verified: new VerifiedTokens(),
    settled: new SettledTokens({ snapshot: shelf.snapshot, clock }),
    resources: [resource, publicUrl],
    resourceMetadata: resourceMetadataUrl(resource),
  }
  return async (context) => {
    const request = context.req.raw
    const { agent, instance, task, jti, jkt, audience, served } = await authenticateAgent(door, {
      authorization: request.headers.get("authorization"),
      dpop: request.headers.get("dpop"),
      method: request.method,
      address: addressOf(context),
      // The public address, not the one behind a proxy: the client signed what it knows.
      url: publicUrl + new URL(request.url).pathname,
    })
    const token = { agent: agent.id, instance: instance.id, task: task?.id ?? null, jti, jkt, audience }
    return { kind: "agent", token, served: task?.onBehalfOf ?? served?.id ?? null }
  }
}
