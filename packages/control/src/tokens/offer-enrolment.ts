import { type Agent, type Id, newHandle, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import { enrolmentCodeHash } from "./enrolment-code.ts"
import { requireActiveAgent } from "./require-active-agent.ts"

/** What offering an enrolment needs. */
export interface OfferEnrolmentDeps extends RecordContext {
  readonly transact: Transact<"agents" | "instances" | "outbox" | "users">
}

/** A one-time code; it is shown once and kept nowhere. */
export interface OfferedEnrolment {
  readonly code: string
  readonly expiresAt: Date
}

/** How long a code waits to be used: long enough to carry it to another machine, too short to be forgotten. */
const CODE_LIFETIME_MS = 15 * 60 * 1000

/**
 * Makes a one-time code by which the agent's own machine enrols a key. Only the owner and administrators may: whoever
 * holds the code becomes the agent. Nothing but its hash is kept.
 *
 * @throws {Problem} not_allowed, agent_not_found, agent_not_active, agent_orphaned, agent_expired
 */
export async function offerEnrolment(
  deps: OfferEnrolmentDeps,
  by: Id<"user">,
  agentId: Id<"agent">,
): Promise<OfferedEnrolment> {
  const { transact, clock } = deps
  const code = newHandle()
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS)

  await transact(async (tx) => {
    const { agent, owner } = await requireActiveAgent(tx, agentId, now)
    assertMayEnrol(await tx.users.find(by), agent)
    await tx.instances.offerEnrolment({
      codeHash: enrolmentCodeHash(code),
      agent: agentId,
      createdBy: by,
      expiresAt,
    })
    await recordEvent(deps, tx.outbox, {
      type: "enrolment.offered",
      actor: { kind: "user", id: by },
      agent: agentId,
      owner: owner.id,
      data: { expiresAt: expiresAt.toISOString() },
    })
  })
  return { code, expiresAt }
}

/**
 * Lets whoever answers for an agent, and administrators, let keys in for it: when a code is offered and when it is used.
 *
 * @throws {Problem} not_allowed
 */
export function assertMayEnrol(person: User | undefined, agent: Agent): void {
  const answers = person?.id === agent.owner || person?.role === "administrator"
  if (!person?.active || !answers) {
    throw new Problem("not_allowed", "Only the agent's owner or an administrator may enrol a key for it.")
  }
}
