import {
  type Agent,
  type Id,
  type Instance,
  ManualClock,
  newId,
  type Organisation,
  type Task,
  type User,
} from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import type { RecordContext } from "../../audit/event.ts"
import type { StoredEvent } from "../../audit/event-store.ts"
import type { Shelf } from "../../transaction.ts"

/** An organisation with a person, an active agent of hers, its install and a task, on a true store. */
export interface TokenWorld extends RecordContext, Shelf, AsyncDisposable {
  readonly clock: ManualClock
  readonly organisation: Organisation
  readonly owner: User
  readonly agent: Agent
  readonly instance: Instance
  readonly task: Task
  /** Keeps another agent of the same owner, different in what is named. */
  addAgent(differences?: Partial<Agent>): Promise<Agent>
  addUser(differences?: Partial<User>): Promise<User>
  addTask(agent: Id<"agent">): Promise<Task>
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
  const later = (ms: number): Date => new Date(clock.now().getTime() + ms)

  async function addUser(differences: Partial<User> = {}): Promise<User> {
    const id = newId("user", clock)
    const user: User = {
      id,
      name: "Ada",
      email: `${id}@acme.example`,
      role: "member",
      active: true,
      createdAt: clock.now(),
      ...differences,
    }
    await transact(({ users }) => users.insert(user))
    return user
  }

  const owner = await addUser()

  async function addAgent(differences: Partial<Agent> = {}): Promise<Agent> {
    const agent: Agent = {
      id: newId("agent", clock),
      state: "active",
      owner: owner.id,
      mandate: {
        purpose: "Keeps the notes tidy.",
        tier: "transactional",
        expiresAt: later(24 * HOUR),
        proposedBy: owner.id,
        acceptedAt: clock.now(),
        oversight: "not-required",
        approvedBy: null,
      },
      createdAt: clock.now(),
      ...differences,
    }
    await transact(({ agents }) => agents.insert(agent))
    return agent
  }

  async function addTask(agentId: Id<"agent">): Promise<Task> {
    const task: Task = {
      id: newId("task", clock),
      agent: agentId,
      text: "Tidy the notes.",
      opener: { kind: "user", user: owner.id },
      onBehalfOf: owner.id,
      scope: { server: newId("server", clock), tools: ["read_file"], folder: "/notes" },
      openedAt: clock.now(),
      expiresAt: later(HOUR),
      closedAt: null,
    }
    await transact(({ tasks }) => tasks.insert(task))
    return task
  }

  const agent = await addAgent()
  const instance = instanceOf(agent, clock)
  await transact(({ instances }) => instances.insert(instance))

  return {
    clock,
    organisation,
    transact,
    snapshot,
    owner,
    agent,
    instance,
    task: await addTask(agent.id),
    addAgent,
    addUser,
    addTask,
    events: async (...types) => {
      const { outbox } = await snapshot(async (tx) => ({ outbox: await tx.outbox.list({ limit: 500 }) }))
      return outbox
        .filter((event: StoredEvent) => types.includes(event.type))
        .map(asWritten)
        .reverse()
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

/** An install of an agent; its key is nobody's. */
export function instanceOf({ id }: Agent, clock: ManualClock): Instance {
  const unique = crypto.randomUUID().replaceAll("-", "").padEnd(43, "A")
  return {
    id: newId("instance", clock),
    agent: id,
    label: "laptop",
    jwk: { kty: "EC", crv: "P-256", x: unique, y: unique },
    thumbprint: unique,
    enrolledAt: clock.now(),
    revokedAt: null,
  }
}

function asWritten({ bytes }: StoredEvent): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(bytes))
}
