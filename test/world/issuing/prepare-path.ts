import assert from "node:assert/strict"
import type { TrustRuleInput } from "@tabard/api"
import {
  type AgentKey,
  type Credentials,
  dpopProof,
  federatedCredentials,
  type GrantForm,
  Refused,
  TokenSource,
} from "@tabard/client"
import { type Id, isId, newId, systemClock, type User } from "@tabard/core"
import { addPerson } from "../people.ts"
import { type RawAnswer, rawRequest } from "../raw-request.ts"
import type { Answer, Parts, Prepared } from "./issuing-path.ts"
import { handOver, type IssuingWorld, type OwnedAgent, ownedAgent } from "./issuing-world.ts"

/** What came of asking by way of our own client. */
export async function refusedOr(asked: Promise<unknown>): Promise<Answer> {
  try {
    await asked
    return "given"
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}

/** What an answer over the wire comes to; a token that is not active is none. */
export async function answerOf(asked: Promise<Response>): Promise<Answer> {
  const response = await asked
  const text = await response.text()
  return response.ok && !text.includes('"active":false') ? "given" : `${response.status} ${text}`
}

/** One way, prepared for an agent that its key proves. */
export function prepared(agent: OwnedAgent, parts: Partial<Parts>, ask: Prepared["ask"]): Prepared {
  const { instance } = agent.credentials
  assert.ok(isId("instance", instance))
  return { agent: agent.id, instance, owner: agent.owner, parts, ask }
}

/** Two agents of which one may act for the other, and a token of the latter under a task for a person. */
export async function pair(world: IssuingWorld): Promise<{
  readonly lead: OwnedAgent
  readonly helper: OwnedAgent
  readonly subject: string
  readonly parts: Lent["parts"]
}> {
  const helper = await ownedAgent(world)
  return { helper, ...(await lentTo(world, helper.id)) }
}

/** What a workload may exchange, beside the token of its own by which it proves itself. */
export async function lentToWorkload(
  world: IssuingWorld,
): Promise<FederatedAgent & Pick<Lent, "subject"> & { readonly parts: Lent["parts"] }> {
  const workload = await federatedAgent(world)
  const { parts, subject } = await lentTo(world, workload.agent)
  return { ...workload, subject, parts: { ...workload.parts, ...parts } }
}

/** An agent for which another may act, and its token under a task for a person. */
interface Lent {
  readonly lead: OwnedAgent
  readonly subject: string
  readonly parts: Omit<Parts, "rule" | "client">
}

async function lentTo(world: IssuingWorld, to: Id<"agent">): Promise<Lent> {
  const lead = await ownedAgent(world)
  const { id: delegation } = await world.ann.api.allowDelegation({ id: lead.id, to })
  const { task, served } = await taskForPerson(world, lead)
  const { credentials } = lead
  const { accessToken: subject } = await new TokenSource(credentials, { task }).token()
  const parent = { token: subject, by: credentials }
  return { lead, subject, parts: { task, key: credentials, delegation, served, parent } }
}

/** The same task again, for a person who owns nothing. */
export async function taskForPerson(
  world: IssuingWorld,
  agent: OwnedAgent,
): Promise<{ readonly task: Id<"task">; readonly served: User }> {
  const { user: served } = await addPerson(world.tabard.server, "member")
  return { task: await taskFor(world, agent, { served }), served }
}

/** The same task again, for this person, and where that is said of another agent. */
export async function taskFor(
  { tabard: { server } }: IssuingWorld,
  { id: own, task: { id } }: OwnedAgent,
  { served, agent = own }: { readonly served: User; readonly agent?: Id<"agent"> },
): Promise<Id<"task">> {
  assert.ok(isId("task", id))
  const task = newId("task", systemClock)
  await server.organisation.shelf.transact(async ({ tasks }) => {
    const like = (await tasks.find(id)) ?? assert.fail("it has a task")
    await tasks.insert({ ...like, id: task, agent, onBehalfOf: served.id })
  })
  return task
}

/** An agent that has no key: a trust rule takes what its platform says of it. */
export async function federatedAgent(world: IssuingWorld): Promise<FederatedAgent> {
  const { workloads } = world
  return vouchedFor(world, (agent) => ({
    rule: { fields: { form: "openid", issuer: workloads.url, subject: `ci/${agent}` } },
    subject: `ci/${agent}`,
    grantOf: (assertion) => ({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }),
  }))
}

/** The same of SPIFFE: its SVID proves who it is, and it asks for itself. */
export async function svidAgent(world: IssuingWorld): Promise<FederatedAgent> {
  const keys = { kind: "address", url: `${world.workloads.url}/bundle` } as const
  return vouchedFor(world, (agent) => ({
    rule: { fields: { form: "spiffe", spiffeId: `spiffe://acme.example/${agent}` }, keys },
    subject: `spiffe://acme.example/${agent}`,
    grantOf: (assertion) => ({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe",
      client_assertion: assertion,
    }),
  }))
}

type FederatedAgent = Omit<Prepared, "ask"> & { readonly credentials: Credentials }

/** Who vouches for an agent, as what, and how it asks with that. */
interface Vouching {
  readonly rule: Pick<TrustRuleInput, "fields" | "keys">
  readonly subject: string
  readonly grantOf: (assertion: string) => GrantForm
}

async function vouchedFor(
  world: IssuingWorld,
  how: (agent: Id<"agent">) => Vouching,
): Promise<FederatedAgent> {
  const { workloads, ann, tabard } = world
  const { id: agent } = await ownedAgent(world)
  const { rule: wish, subject, grantOf } = how(agent)
  const { id: rule, instance } = await ann.api.makeTrustRule({ agent, name: "deploys", ...wish })
  assert.ok(isId("trustRule", rule) && isId("instance", instance))
  const owner = await handOver(world, agent)
  const issuer = `${tabard.server.publicUrl}/oauth`
  const credentials: Credentials = {
    ...(await federatedCredentials({
      issuer,
      resource: `${tabard.server.publicUrl}/mcp`,
      source: { kind: "file", path: "/dev/null" },
    })),
    grant: {
      ask: async () => {
        const said = { sub: subject, aud: issuer, jti: crypto.randomUUID() }
        return grantOf(await workloads.token(said))
      },
    },
  }
  return { agent, instance, owner, parts: { rule }, credentials }
}

/** One request by exactly this token: what the door says of it, whatever it would be let do behind. */
export async function carried(
  { tabard }: IssuingWorld,
  {
    key,
    accessToken: token,
    at,
  }: { readonly key: AgentKey; readonly accessToken: string; readonly at?: string },
): Promise<Answer> {
  const body = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }
  const path = "/mcp/nothing-of-this-name"
  const { status, text } = await posted(tabard.server.publicUrl, { path, key, token, body, at })
  return status === 401 ? text : "given"
}

/** One request of an agent's by a token and the key that it is bound to. */
export interface Post {
  readonly path: string
  readonly key: AgentKey
  readonly token: string
  readonly body: object
  /** Where it is sent, where that is another replica than the one that listens at the public address. */
  readonly at: string | undefined
}

/** Posts it, wherever it is sent, as to the public address. */
export async function posted(publicUrl: string, { path, key, token, body, at }: Post): Promise<RawAnswer> {
  const target = { method: "POST", url: `${publicUrl}${path}`, accessToken: token }
  return rawRequest(at ?? publicUrl, {
    method: "POST",
    path,
    headers: {
      host: new URL(publicUrl).host,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
      authorization: `DPoP ${token}`,
      dpop: await dpopProof(key, target, () => new Date()),
    },
    body: JSON.stringify(body),
  })
}

const ARGUMENTS: Readonly<Record<string, object>> = {
  read_note: { topic: "groceries" },
  write_note: { topic: "groceries", content: "milk" },
}

interface OneCall {
  readonly agent: Pick<OwnedAgent, "credentials">
  readonly token: string
  readonly tool: string
  readonly at?: string
}

/** One call by exactly this token, whatever it is worth by now. */
export async function called({ tabard }: IssuingWorld, { agent, token, tool, at }: OneCall): Promise<Answer> {
  const params = { name: tool, arguments: ARGUMENTS[tool] }
  const { key } = agent.credentials
  const body = { jsonrpc: "2.0", id: 1, method: "tools/call", params }
  const { status, text } = await posted(tabard.server.publicUrl, { path: "/mcp/notes", key, token, body, at })
  if (status !== 200) return `${status}`
  const decision = /"decision":"(\w+)","code":"(\w+)"/.exec(text)
  return decision ? `${decision[1]} ${decision[2]}` : /"isError":true/.test(text) ? text : "given"
}
