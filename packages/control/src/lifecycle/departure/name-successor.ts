import { type Id, Problem } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { findPerson } from "../../directory/find-person.ts"
import { assertAnswersFor, type Caller } from "../../registry/caller.ts"
import { findAgent } from "../../registry/find-agent.ts"
import { requirePerson } from "../../registry/require-person.ts"
import type { Transact, Transaction } from "../../transaction.ts"
import type { Successor } from "./successor-store.ts"

export interface NameSuccessorDeps extends RecordContext {
  readonly transact: Transact<"agents" | "outbox" | "successors" | "users">
}

type Stores = Pick<Transaction, "successors">

/**
 * Says who is asked first to own an agent once its owner leaves, or that it is nobody.
 *
 * @throws {Problem} agent_not_found, person_not_found, not_allowed, body_invalid
 */
export async function nameAgentSuccessor(
  deps: NameSuccessorDeps,
  by: Caller,
  { agent: id, successor }: { agent: string; successor: string | null },
): Promise<void> {
  await deps.transact(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const user = await named(tx, successor, agent.owner)
    if (!(await keep(deps, tx, { of: agent.id, user, by }))) return
    const common = { actor: { kind: "user", id: by.id }, agent: agent.id, owner: agent.owner } as const
    await recordEvent(deps, tx.outbox, { ...common, type: "agent.successor-named", data: { user } })
  })
}

/**
 * Says who is asked first to own whatever a person owns once they leave, or that it is nobody.
 *
 * @throws {Problem} person_not_found, not_allowed, body_invalid
 */
export async function namePersonSuccessor(
  deps: NameSuccessorDeps,
  by: Caller,
  { person: id, successor }: { person: string; successor: string | null },
): Promise<void> {
  await deps.transact(async (tx) => {
    const person = await findPerson(tx.users, id)
    if (by.id !== person.id && by.role !== "administrator")
      throw new Problem("not_allowed", "they themselves and administrators say who follows a person")
    const user = await named(tx, successor, person.id)
    if (!(await keep(deps, tx, { of: person.id, user, by }))) return
    const data = { user: person.id, successor: user }
    const actor = { kind: "user", id: by.id } as const
    await recordEvent(deps, tx.outbox, { type: "person.successor-named", actor, data })
  })
}

async function named(
  { users }: Pick<Transaction, "users">,
  successor: string | null,
  owner: Id<"user"> | null,
): Promise<Id<"user"> | null> {
  if (successor === null) return null
  const { id } = await requirePerson(users, successor)
  if (id === owner) throw new Problem("body_invalid", "nobody follows themselves: name somebody else")
  return id
}

async function keep(
  { clock }: RecordContext,
  { successors }: Stores,
  { of, user, by }: { of: Successor["of"]; user: Id<"user"> | null; by: Caller },
): Promise<boolean> {
  if (user === null) return successors.forget(of)
  if ((await successors.of([of])).get(of)?.user === user) return false
  await successors.name({ of, user, namedBy: by.id, namedAt: clock.now() })
  return true
}
