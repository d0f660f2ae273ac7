import {
  type Agent,
  type Instance,
  ManualClock,
  newId,
  type Organisation,
  type PublicJwk,
  type Task,
  type User,
} from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { PolicyKeeper } from "../../decisions/policies-in-force.ts"
import { wholeEvents } from "../../testing/whole-events.ts"
import type { Shelf } from "../../transaction.ts"

/** An organisation with a person, an active agent of hers, its install and a task, on a true store. */
export interface TokenWorld extends RecordContext, Shelf, AsyncDisposable {
  readonly clock: ManualClock
  readonly policies: PolicyKeeper
  readonly organisation: Organisation
  readonly owner: User
  readonly agent: Agent
  readonly instance: KeyedInstance
  readonly task: Task
  /** Every event of these types, oldest first, as it was recorded. */
  events(...types: readonly string[]): Promise<readonly Record<string, unknown>[]>
}

/** When tests take place. */
export const START = "2026-11-01T12:00:00.000Z"
const HOUR = 3600_000

/** Opens a world of its own for one test. */
export async function openTokenWorld(): Promise<TokenWorld> {
  const clock = new ManualClock(START)
  const opened = await openTemporarySqlite({ clock })
  const organisation = await opened.store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const { transact, snapshot } = opened.store.shelf(organisation.id)

  const owner = userOf(clock)
  const agent = agentOf(owner, clock)
  const instance = instanceOf(agent, clock)
  const task = taskOf(agent, clock)
  await transact(async (tx) => {
    await tx.users.insert(owner)
    await tx.agents.insert(agent)
    await tx.instances.insert(instance)
    await tx.tasks.insert(task)
  })

  return {
    clock,
    policies: new PolicyKeeper(),
    organisation,
    transact,
    snapshot,
    owner,
    agent,
    instance,
    task,
    events: async (...types) => {
      const told = await snapshot(({ outbox }) => wholeEvents(outbox, 500))
      return told
        .filter(({ type }) => types.includes(type))
        .map(({ body }) => body)
        .toReversed()
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

/** A person, different in what is named. */
export function userOf(clock: ManualClock, differences: Partial<User> = {}): User {
  const id = newId("user", clock)
  const email = `${id}@acme.example`
  return { id, name: "Ada", email, role: "member", active: true, createdAt: clock.now(), ...differences }
}

/** An active agent of a person. */
export function agentOf(owner: User, clock: ManualClock): Agent {
  return {
    id: newId("agent", clock),
    state: "active",
    owner: owner.id,
    mandate: {
      purpose: "Keeps the notes tidy.",
      tier: "transactional",
      expiresAt: new Date(clock.now().getTime() + 24 * HOUR),
      proposedBy: owner.id,
      acceptedAt: clock.now(),
      oversight: "not-required",
      approvedBy: null,
    },
    createdAt: clock.now(),
  }
}

/** An open task of an agent, for an hour. */
export function taskOf({ id, owner }: Agent, clock: ManualClock): Task {
  const user = owner ?? newId("user", clock)
  return {
    id: newId("task", clock),
    agent: id,
    text: "Tidy the notes.",
    opener: { kind: "user", user },
    onBehalfOf: user,
    scope: { server: newId("server", clock), tools: ["read_file"], folder: "/notes" },
    openedAt: clock.now(),
    expiresAt: new Date(clock.now().getTime() + HOUR),
    closedAt: null,
  }
}

/** An install that enrolled a key. */
export type KeyedInstance = Instance & { readonly jwk: PublicJwk; readonly thumbprint: string }

/** An install of an agent; its key is nobody's. */
export function instanceOf({ id }: Agent, clock: ManualClock): KeyedInstance {
  const unique = crypto.randomUUID().replaceAll("-", "").padEnd(43, "A")
  return {
    id: newId("instance", clock),
    agent: id,
    kind: "key",
    label: "laptop",
    jwk: { kty: "EC", crv: "P-256", x: unique, y: unique },
    thumbprint: unique,
    enrolledAt: clock.now(),
    lastUsedAt: null,
    revokedAt: null,
  }
}
