import type { Id } from "@tabard/core"
import type { Door } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type ActingBy, actedForBy, type CallFacts } from "./question.ts"

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
  if (await isAlarmed(deps, outbox)) return
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
    data: { words: words.slice(0, MOST_WORDS) },
  })
}

/** A door that is no tool, about which two judges differ of somebody. */
export interface DisputedAtDoor {
  readonly door: Door
  readonly principal: Pick<ActingBy, "agent" | "chain" | "instance" | "owner" | "served" | "task">
  readonly words: string
}

/** Records that two judges differ about whether somebody comes in by a door that is no tool, as of a call. */
export async function recordDisputeAtDoor(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { door, principal, words }: DisputedAtDoor,
  resource: string,
): Promise<void> {
  const { agent, owner, instance, task, chain, served } = principal
  if (await isAlarmed(deps, outbox)) return
  const onBehalfOf = task?.onBehalfOf ?? served?.id
  await recordEvent(deps, outbox, {
    type: "call.disputed",
    actor: { kind: "agent", id: agent.id, ...(instance && { instance: instance.id }) },
    actors: chain.map((link) => link.agent.id),
    agent: agent.id,
    ...(instance && { instance: instance.id }),
    owner: owner.id,
    ...(onBehalfOf && { onBehalfOf }),
    task: task?.id ?? null,
    action: door,
    resource,
    data: { words: words.slice(0, MOST_WORDS) },
  })
}

/** What an application was asked that two judges differ about, and by which enforcement point. */
export interface DisputedQuestion {
  readonly application: string
  readonly action: string
  readonly resource: string
  readonly by: Id<"enforcementPoint">
}

/** Records that two judges differ about what an application was asked, as of a call. */
export async function recordDisputedQuestion(
  deps: RecordContext & { readonly transact: Transact<"outbox"> },
  { application, action, resource, by }: DisputedQuestion,
  words: string,
): Promise<void> {
  await deps.transact(async ({ outbox }) => {
    if (await isAlarmed(deps, outbox)) return
    await recordEvent(deps, outbox, {
      type: "call.disputed",
      actor: { kind: "system", id: by },
      action: `${application}/${action.slice(0, MOST_NAMED)}`,
      resource: resource.slice(0, MOST_NAMED),
      data: { application, words: words.slice(0, MOST_WORDS) },
    })
  })
}

const MOST_WORDS = 2000
const MOST_NAMED = 200

async function isAlarmed({ clock }: RecordContext, outbox: Transaction["outbox"]): Promise<boolean> {
  const from = new Date(clock.now().getTime() - STANDS_MS)
  return (await outbox.list({ type: "call.disputed", from, limit: 1 })).length > 0
}
