import assert from "node:assert/strict"
import { dpopProof } from "@tabard/client"
import { resolveApproval } from "@tabard/control"
import { type Id, systemClock, type User } from "@tabard/core"
import { addPerson } from "../people.ts"
import { askAsInstall, type IssuingWorld, type OwnedAgent, ownedAgent } from "./issuing-world.ts"
import { taskFor } from "./prepare-path.ts"

/** An agent with somebody who helps with it, whom it asks to act for, under a task of theirs. */
export interface HelpedAgent {
  readonly agent: OwnedAgent
  readonly task: Id<"task">
  readonly served: User
}

/** Adopts one. */
export async function helpedAgent(world: IssuingWorld): Promise<HelpedAgent> {
  const agent = await ownedAgent(world)
  const { user: served } = await addPerson(world.tabard.server, "member")
  const task = await taskFor(world, agent, { served })
  const { shelf } = world.tabard.server.organisation
  const addedAt = systemClock.now()
  await shelf.transact(({ maintainers }) =>
    maintainers.add({ agent: agent.id, user: served.id, addedBy: agent.owner.id, addedAt }),
  )
  return { agent, task, served }
}

/** Asks for a token by which the agent acts for a person. */
export function askPerson(
  { credentials }: OwnedAgent,
  { task, served }: { readonly task: Id<"task">; readonly served: Pick<User, "email"> },
): Promise<Response> {
  return askAsInstall(credentials, "/bc-authorize", {
    scope: "openid",
    resource: credentials.resource,
    login_hint: served.email,
    authorization_details: JSON.stringify([{ type: "tabard_task", task }]),
  })
}

/** Says yes as the person who was asked, and answers the id by which their word is fetched. */
export async function answered(
  world: IssuingWorld,
  { agent, asked, served }: { readonly agent: OwnedAgent; readonly asked: Response; readonly served: User },
): Promise<string> {
  assert.equal(asked.status, 200)
  await sayYes(world, { agent: agent.id, by: served.id })
  return String(Object(await asked.json()).auth_req_id)
}

/** Says yes to the one question of an agent that waits. */
export async function sayYes(
  { tabard }: Pick<IssuingWorld, "tabard">,
  { agent, by }: { readonly agent: Id<"agent">; readonly by: Id<"user"> },
): Promise<void> {
  const { shelf, organisation } = tabard.server.organisation
  const [{ id } = assert.fail("nobody was asked")] = await shelf.snapshot(({ approvals }) =>
    approvals.list({ state: "pending", agent, limit: 1 }),
  )
  await resolveApproval({ ...shelf, organisation, clock: systemClock }, by, id, "approved")
}

/** Fetches it. */
export async function redeem({ credentials }: OwnedAgent, id: string): Promise<Response> {
  const target = { method: "POST", url: `${credentials.issuer}/token` }
  const proof = await dpopProof(credentials.key, target, () => new Date())
  const form = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: id }
  return askAsInstall(credentials, "/token", form, { dpop: proof })
}
