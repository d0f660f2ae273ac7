import { type Instance, type KeyStorage, newId, Problem, type PublicJwk } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { Enrolment } from "./instance-store.ts"
import { assertMayEnrol } from "./offer-enrolment.ts"
import { requireActiveAgent } from "./require-active-agent.ts"

/** What enrolling a key needs. */
export interface EnrolKeyDeps extends RecordContext {
  readonly transact: Transact<"agents" | "instances" | "outbox" | "users">
}

/** A key whose possession was proven, and the hash of the code that it came with. */
export interface KeyToEnrol {
  readonly codeHash: string
  readonly label: string
  readonly jwk: PublicJwk
  readonly thumbprint: string
  readonly keyStorage?: KeyStorage | undefined
}

type Outcome = { readonly enrolled: Instance } | { readonly refused: Problem }

/**
 * Makes the key a running install of the agent that the code was offered for. A genuine code is spent by whoever
 * presents it, whatever comes of it, so a leaked one is good for one try, and that try is in the record. An unknown,
 * a used and an expired code are refused alike and leave no event: strangers must not be able to fill the log. It is no
 * more than whoever offered it: a code whose offerer left, or does not answer for the agent any more, lets nobody in.
 *
 * @throws {Problem} enrolment_invalid, key_already_enrolled, agent_not_found, agent_not_active, agent_orphaned,
 * agent_expired, not_allowed
 */
export async function enrolKey(deps: EnrolKeyDeps, key: KeyToEnrol): Promise<Instance> {
  const answer = await deps.transact(async (tx) => {
    const enrolment = await tx.instances.takeEnrolment(key.codeHash, deps.clock.now())
    if (!enrolment) {
      throw new Problem(
        "enrolment_invalid",
        "This code is not valid (any more); ask the agent's owner for a new one.",
      )
    }
    const outcome = await enrol(deps, tx, { enrolment, key })
    await recordEvent(deps, tx.outbox, eventOf(outcome, enrolment))
    return outcome
  })
  if ("refused" in answer) throw answer.refused
  return answer.enrolled
}

/** A refusal is answered, not thrown: the taken code and the event have to commit with it. */
async function enrol(
  { clock }: EnrolKeyDeps,
  tx: Pick<Transaction, "agents" | "instances" | "users">,
  { enrolment, key }: { enrolment: Enrolment; key: KeyToEnrol },
): Promise<Outcome> {
  const now = clock.now()
  const { label, jwk, thumbprint, keyStorage } = key
  const instance: Instance = {
    id: newId("instance", clock),
    agent: enrolment.agent,
    kind: "key",
    label,
    jwk,
    thumbprint,
    enrolledAt: now,
    lastUsedAt: null,
    revokedAt: null,
    ...(keyStorage && { keyStorage }),
  }
  try {
    const { agent } = await requireActiveAgent(tx, enrolment.agent, now)
    assertMayEnrol(await tx.users.find(enrolment.createdBy), agent)
  } catch (error) {
    if (error instanceof Problem) return { refused: error }
    throw error
  }
  if (await tx.instances.insert(instance)) return { enrolled: instance }
  return { refused: new Problem("key_already_enrolled", "This key is or was enrolled here; make a new one.") }
}

function eventOf(outcome: Outcome, { agent, createdBy }: Enrolment): AuditEvent {
  const of = { actor: { kind: "agent", id: agent }, agent, onBehalfOf: createdBy } as const
  if ("refused" in outcome) return { ...of, type: "enrolment.refused", outcome: outcome.refused.code }
  const { id, label, thumbprint, keyStorage = null } = outcome.enrolled
  return {
    ...of,
    type: "instance.enrolled",
    actor: { kind: "agent", id: agent, instance: id },
    instance: id,
    data: { label, thumbprint, keyStorage },
  }
}
