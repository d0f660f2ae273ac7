import type { RetentionView } from "@tabard/api"
import { lowestCursor, monthsBefore, spannedLogs, type Transaction } from "@tabard/control"
import { namesOf } from "./names.ts"

/** What the view of retention reads. */
type Stores = Pick<Transaction, "facts" | "logs" | "logState" | "retention" | "sinkProgress" | "users">

/** Shows how long the record is kept, who settled that, and how far each log was pruned. */
export async function retentionView(tx: Stores, now: Date): Promise<RetentionView> {
  const retention = await tx.retention.find()
  const names = await namesOf(tx, { people: retention ? [retention.setBy] : [] })
  const months = retention?.months ?? null
  return {
    months,
    settled: retention
      ? { by: names.person(retention.setBy), at: retention.setAt.toISOString(), reason: retention.reason }
      : null,
    keptSince: months === null ? null : monthsBefore(now, months).toISOString(),
    carriedTo: (await lowestCursor(tx)) ?? null,
    logs: await prunedLogs(tx),
  }
}

async function prunedLogs(tx: Stores): Promise<RetentionView["logs"]> {
  const prunings = new Map((await tx.retention.prunings()).map((one) => [one.generation, one]))
  return (await spannedLogs(tx)).map(({ number, origin, base, size }) => {
    const pruning = prunings.get(number)
    return {
      number,
      origin,
      base,
      size,
      minimumIndex: pruning?.minimum ?? 0,
      prunedAt: pruning?.raisedAt.toISOString() ?? null,
    }
  })
}
