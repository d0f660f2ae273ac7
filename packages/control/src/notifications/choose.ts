import { isToldTo, NOTIFICATION_KINDS, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"
import type { Choices } from "./choice-store.ts"

export interface ChooseDeps extends RecordContext {
  readonly transact: Transact<"choices" | "outbox">
}

/**
 * Keeps how a person wants to be told, for themselves.
 *
 * @throws {Problem} body_invalid, where a kind is none of their role's
 */
export async function chooseNotifications(deps: ChooseDeps, by: Caller, chosen: Choices): Promise<void> {
  const foreign = NOTIFICATION_KINDS.find((kind) => chosen.kinds[kind] && !isToldTo(kind, by.role))
  if (foreign) throw new Problem("body_invalid", `nobody with your role is told of ${foreign}: leave it out`)
  await deps.transact(async ({ choices, outbox }) => {
    const before = await choices.find(by.id)
    if (isSame(before, chosen)) return
    await choices.put(by.id, chosen)
    const { digestHour } = chosen
    await recordEvent(deps, outbox, {
      type: "notifications.chosen",
      actor: { kind: "user", id: by.id },
      data: { kinds: { ...chosen.kinds }, digestHour },
    })
  })
}

function isSame(a: Choices, b: Choices): boolean {
  const kinds = new Set([...Object.keys(a.kinds), ...Object.keys(b.kinds)])
  const spelt = ({ kinds: chosen }: Choices) => [...kinds].map((kind) => Reflect.get(chosen, kind))
  return a.digestHour === b.digestHour && JSON.stringify(spelt(a)) === JSON.stringify(spelt(b))
}
