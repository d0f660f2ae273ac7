import { type Id, Problem } from "@tabard/core"
import type { Transact } from "../../transaction.ts"
import type { RecordContext } from "../event/audit-event.ts"
import { recordEvent } from "../event/record-event.ts"

export interface AskLogRotationDeps extends RecordContext {
  readonly transact: Transact<"logs" | "outbox">
}

/**
 * Keeps an administrator's wish for a new log. The process that publishes fulfils it: it alone may read the keys, and the
 * old log has to be brought to its end first.
 *
 * @throws {Problem} log_rotation_waiting
 */
export async function askLogRotation(
  deps: AskLogRotationDeps,
  askedBy: Id<"user">,
  { reason, abandon }: { readonly reason: string; readonly abandon: boolean },
): Promise<void> {
  const wish = { askedBy, via: deps.via ?? null, reason, abandon, askedAt: deps.clock.now() }
  await deps.transact(async ({ logs, outbox }) => {
    if (!(await logs.ask(wish))) {
      throw new Problem(
        "log_rotation_waiting",
        "a new log is asked for already; it follows as soon as a process that publishes comes to it",
      )
    }
    const actor = { kind: "user", id: askedBy } as const
    await recordEvent(deps, outbox, { type: "log.rotation-asked", actor, data: { reason, abandon } })
  })
}
