import { type Id, type Instance, type KeyStorage, type LiveKey, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import { requireActiveAgent } from "./require-active-agent.ts"

/** What rotating a key needs. */
export interface RotateKeyDeps extends RecordContext {
  readonly transact: Transact<"agents" | "instances" | "organisation" | "outbox" | "users">
}

/** Two keys whose possession was proven: the present one of an install, and the one that is to follow. */
export interface RotationAsked {
  readonly instance: Id<"instance">
  /** The thumbprint of the present one. */
  readonly from: string
  readonly to: LiveKey
  readonly keyStorage: KeyStorage | undefined
  readonly overlapSeconds: number
}

/**
 * Puts a new key in the place of an install's present one, on that one's word alone. Both work for a while, so that no
 * call is lost on the way; then the earlier one and every token that is bound to it are worth nothing. The install stays
 * what it is. Whoever holds no present key is refused alike, whatever the reason, and leaves no event.
 *
 * @throws {Problem} enrolment_invalid, key_already_enrolled, agent_not_active, agent_orphaned, agent_expired
 */
export async function rotateKey(deps: RotateKeyDeps, asked: RotationAsked): Promise<Instance> {
  const { from, to, keyStorage, overlapSeconds } = asked
  return deps.transact(async (tx) => {
    const at = deps.clock.now()
    const instance = await tx.instances.find(asked.instance)
    if (!instance || instance.revokedAt || instance.thumbprint !== from) throw notPresent()
    const { owner } = await requireActiveAgent(tx, instance.agent, at)
    const endsAt = new Date(at.getTime() + overlapSeconds * 1000)
    if (!(await tx.instances.rotate(instance.id, { from, to, keyStorage, at, endsAt })))
      throw new Problem("key_already_enrolled", "This key is or was enrolled here; make a new one.")
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "instance.rotated",
      actor: { kind: "agent", id: instance.agent, instance: instance.id },
      agent: instance.agent,
      instance: instance.id,
      owner: owner.id,
      data: { thumbprint: to.thumbprint, from, endsAt: endsAt.toISOString() },
    })
    return (await tx.instances.find(instance.id)) ?? instance
  })
}

function notPresent(): Problem {
  return new Problem(
    "enrolment_invalid",
    "This is not the present key of a live instance; rotate with that one, or have a new one enrolled.",
  )
}
