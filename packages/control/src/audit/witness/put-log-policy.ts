import { Problem } from "@tabard/core"
import type { Sha256 } from "@tabard/log"
import type { Caller } from "../../registry/caller.ts"
import type { Transact } from "../../transaction.ts"
import type { RecordContext } from "../event/audit-event.ts"
import { recordEvent } from "../event/record-event.ts"
import type { LogPolicy } from "./log-policy-store.ts"
import { askedWitnesses, requirePolicy } from "./read-policy.ts"

export interface PutLogPolicyDeps extends RecordContext {
  readonly transact: Transact<"logPolicy" | "outbox" | "witnesses">
  readonly sha256: Sha256
  /** Throws a Problem where an address is not one that this program may connect to. */
  readonly requireTarget: (url: string) => void
}

/**
 * Settles who witnesses the logs, and how many of them it takes. It is a person's word on what went before as well: each
 * witness is asked again, also one that had seen another history or more than there is.
 *
 * @throws {Problem} not_allowed, body_invalid
 */
export async function putLogPolicy(deps: PutLogPolicyDeps, by: Caller, text: string): Promise<LogPolicy> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators settle this")
  const policy = requirePolicy(deps.sha256, text)
  for (const { url } of askedWitnesses(policy)) deps.requireTarget(url)
  const put = { text, putBy: by.id, putAt: deps.clock.now() }
  return deps.transact(async ({ logPolicy, outbox, witnesses }) => {
    const before = await logPolicy.find()
    await logPolicy.put(put)
    await witnesses.forget()
    await recordEvent(deps, outbox, {
      type: "log-policy.changed",
      actor: { kind: "user", id: by.id },
      data: { policy: text, before: before?.text ?? null },
    })
    return put
  })
}
