import { Problem } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import type { Caller } from "../../registry/caller.ts"
import type { Transact } from "../../transaction.ts"

export interface AskSigningKeyDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "outbox">
}

/**
 * Asks for the next keys that sign tokens and signals. They are made and published within moments by the processes that
 * sign, and sign five minutes later; what those before have signed stays good.
 *
 * @throws {Problem} not_allowed
 */
export async function askSigningKey(deps: AskSigningKeyDeps, by: Caller, reason: string): Promise<void> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators rotate these keys")
  await deps.transact(async ({ organisation, outbox }) => {
    await organisation.askSigningKey(deps.clock.now())
    await recordEvent(deps, outbox, {
      type: "signing-key.rotated",
      actor: { kind: "user", id: by.id },
      data: { step: "asked", reason },
    })
  })
}
