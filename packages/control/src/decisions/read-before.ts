import type { Id, Task } from "@tabard/core"
import { type PolicyBase, READ_LABELS, type ReadLabel } from "@tabard/policy"
import { knownSystem } from "@tabard/scan"
import type { Transaction } from "../transaction.ts"
import { systemBehind } from "../upstreams/system-behind.ts"
import type { Described } from "./described-by.ts"

/** From the least to the most: what is read of one is at least all that comes before. */
const BY_SENSITIVITY = ["public", "workspace", "confidential", "critical"] as const

/**
 * Answers what a run has read so far, where some policy asks: of every system whose tools it was let through to. Nothing is
 * answered, which counts as everything, without a task: then nobody knows where the run began.
 */
export async function readBefore(
  tx: Pick<Transaction, "decisions" | "servers">,
  { base, task }: { readonly base: Pick<PolicyBase, "asksRead">; readonly task: Pick<Task, "id"> | null },
): Promise<Pick<Described, "read">> {
  if (!base.asksRead || !task) return {}
  const servers = await tx.decisions.serversReached(task.id)
  return { read: await labelsOf(tx, servers) }
}

async function labelsOf(
  tx: Pick<Transaction, "servers">,
  ids: readonly Id<"server">[],
): Promise<readonly ReadLabel[]> {
  const found = await tx.servers.findAll(ids)
  if (found.length < ids.length) return READ_LABELS
  const read = new Set(found.flatMap((server) => labelsOfSystem(systemBehind(server))))
  return READ_LABELS.filter((label) => read.has(label))
}

/** What the catalogue does not know is as sensitive as anything, and strangers may write there. */
function labelsOfSystem(name: string): readonly ReadLabel[] {
  const system = knownSystem(name)
  if (!system) return READ_LABELS
  const upTo = BY_SENSITIVITY.slice(0, BY_SENSITIVITY.indexOf(system.sensitivity) + 1)
  return system.strangers ? [...upTo, "strangers"] : upTo
}
