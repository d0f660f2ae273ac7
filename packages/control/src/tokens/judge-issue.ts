import type { User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { type DoorStore, judgeDoor } from "../decisions/judge-door.ts"
import { EVERY_SERVER, type PolicyKeeper } from "../decisions/policies-in-force.ts"
import type { SeenAtDoor, WhoActs } from "../decisions/question.ts"
import type { Transaction } from "../transaction.ts"
import type { JudgedRequest } from "./bounds-of-request.ts"
import { teamsOfPerson } from "./check-token.ts"

/** The stores that say whether policies let somebody have a token. */
export type JudgeIssueStore = DoorStore | "teams" | "users"

/** What the token endpoint itself may say: whatever else a policy wants to know of a token is not known yet. */
const TOKEN_ENDPOINT = { kind: "token-endpoint", asserts: ["network", "posture"] } as const

/** A token that is about to be recorded. */
export interface IssueInHand {
  readonly judged: JudgedRequest
  readonly jkt: string | null
  /** What the token endpoint saw of the way that the request came. */
  readonly seen: SeenAtDoor | undefined
}

/**
 * Asks policies whether a token may be issued, of everyone on whose behalf it would be.
 *
 * @throws {KeptOut}
 */
export async function assertMayBeIssued(
  deps: RecordContext & { readonly policies: PolicyKeeper },
  tx: Pick<Transaction, JudgeIssueStore>,
  { judged, jkt, seen = {} }: IssueInHand,
): Promise<void> {
  const { instance, bounds } = judged
  // What a policy reads of a token is how many calls it leaves.
  const principal = { ...(await whoActs(tx, judged)), instance, jkt, token: { callsLeft: bounds.callsLeft } }
  const { keptOut } = await judgeDoor(deps, tx, {
    door: "token.issue",
    server: EVERY_SERVER,
    principal,
    point: TOKEN_ENDPOINT,
    circumstances: seen,
  })
  if (keptOut) throw keptOut
}

async function whoActs(tx: Pick<Transaction, JudgeIssueStore>, judged: JudgedRequest): Promise<WhoActs> {
  const { agent, mandate, owner, chain, openTask: task } = judged
  const served = await servedBy(tx, judged)
  const servedTeams = served ? await teamsOfPerson(tx, served.id) : []
  return { agent, mandate, owner, chain, task, served, servedTeams }
}

async function servedBy(
  { users }: Pick<Transaction, "users">,
  { onBehalfOf, owner }: JudgedRequest,
): Promise<User | null> {
  if (onBehalfOf === null) return null
  return onBehalfOf === owner.id ? owner : ((await users.find(onBehalfOf)) ?? null)
}
