import type { Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transaction } from "../transaction.ts"
import { actedForBy, type CallFacts } from "./question.ts"

/** For how long one alarm stands for others: each decision is recorded by itself, with a code of its own. */
const STANDS_MS = 10 * 60_000

/** The call that two judges differ about; one that was only evaluated has no id. */
export interface DisputedCall extends Pick<CallFacts, "principal" | "server" | "tool"> {
  readonly call?: Id<"call">
}

/** Records that two judges differ about a call: then one of them is wrong, and nobody knows about what else. */
export async function recordDispute(
  deps: RecordContext,
  { outbox, servers }: Pick<Transaction, "outbox" | "servers">,
  { principal, server, tool, call }: DisputedCall,
  words: string,
): Promise<void> {
  const { agent, owner, instance, task, token } = principal
  const from = new Date(deps.clock.now().getTime() - STANDS_MS)
  const [lately] = await outbox.list({ type: "call.disputed", from, limit: 1 })
  if (lately) return
  const name = (await servers.find(server))?.name ?? server
  await recordEvent(deps, outbox, {
    type: "call.disputed",
    actor: { kind: "agent", id: agent.id, ...(instance && { instance: instance.id }) },
    agent: agent.id,
    ...(instance && { instance: instance.id }),
    owner: owner.id,
    ...(token && actedForBy({ ...principal, token })),
    task: task?.id ?? null,
    ...(call && { call }),
    action: `${name}/${tool.name}`,
    resource: server,
    tool: { name: tool.name, digest: tool.digest, effects: [...tool.effects] },
    data: { words: words.slice(0, 2000) },
  })
}
