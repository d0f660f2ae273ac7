import { isId, Problem } from "@tabard/core"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import { assertMayManageReporters, type ReporterDeps } from "./offer-reporter-enrolment.ts"

/**
 * Makes a reporter a stranger at once and for ever: its key is refused from the next request on and cannot be enrolled
 * again. What it saw stays in the inventory, as the word of a reporter that is revoked.
 *
 * @throws {Problem} not_allowed, reporter_not_found
 */
export async function revokeReporter(
  deps: ReporterDeps,
  by: Caller,
  { reporter: id, reason }: { reporter: string; reason: string },
): Promise<void> {
  assertMayManageReporters(by)
  await deps.transact(async ({ reporters, outbox }) => {
    const at = deps.clock.now()
    const revoked = isId("reporter", id) ? await reporters.revoke(id, { by: by.id, at }) : undefined
    if (!revoked) throw new Problem("reporter_not_found", "there is no live reporter of this id")
    await recordEvent(deps, outbox, {
      type: "reporter.revoked",
      actor: { kind: "user", id: by.id },
      data: { reporter: revoked.id, name: revoked.name, reason },
    })
  })
}
