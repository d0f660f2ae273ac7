import {
  type Agent,
  type Clock,
  type Mandate,
  ManualClock,
  newId,
  type Organisation,
  type Role,
  type User,
} from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Certifier } from "../lifecycle/retirement/retirement-deps.ts"
import type { Shelf, Store } from "../transaction.ts"
import { testCertifier } from "./test-certifier.ts"
import { wholeEvents } from "./whole-events.ts"

/** An organisation on a true store, empty but for what a test puts into it. */
export interface ControlWorld extends RecordContext, Shelf, AsyncDisposable {
  /** Throws: nothing goes wrong by a fault of ours. */
  readonly onFault: (error: unknown) => void
  readonly certifier: Certifier
  readonly clock: ManualClock
  readonly organisation: Organisation
  /** Adds a person. */
  person(role: Role, differences?: Partial<User>): Promise<User>
  /** Adds an agent, discovered and nobody's unless said otherwise. */
  agent(differences?: Partial<Agent>): Promise<Agent>
  /** Answers how an agent stands now. */
  found(agent: Pick<Agent, "id">): Promise<Agent | undefined>
  /** Every event of these types (of all, where none is named), oldest first, as it was recorded. */
  events(...types: readonly string[]): Promise<readonly Record<string, unknown>[]>
  /** The version of all inputs to decisions. */
  version(): Promise<number>
}

/** When tests take place. */
export const START = "2026-11-01T12:00:00.000Z"

/** Hours and days in milliseconds. */
export const HOUR: number = 3600_000
export const DAY: number = 24 * HOUR

/** A store that lives as long as a world. */
export type OpenStore = (settings: { clock: Clock }) => Promise<AsyncDisposable & { readonly store: Store }>

/** Opens a world of its own for one test, on SQLite unless said otherwise. */
export async function openControlWorld(open: OpenStore = openTemporarySqlite): Promise<ControlWorld> {
  const clock = new ManualClock(START)
  const opened = await open({ clock })
  const organisation = await opened.store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const { transact, snapshot } = opened.store.shelf(organisation.id)
  return {
    clock,
    organisation,
    transact,
    snapshot,
    certifier: testCertifier(),
    onFault: (error) => {
      throw new Error("a fault of ours", { cause: error })
    },
    person: async (role, differences) => {
      const user = userOf(clock, role, differences)
      await transact(({ users }) => users.insert(user))
      return user
    },
    agent: async (differences) => {
      const id = newId("agent", clock)
      const agent: Agent = { id, state: "discovered", owner: null, mandate: null, createdAt: clock.now() }
      const wanted = { ...agent, ...differences }
      await transact(({ agents }) => agents.insert(wanted))
      return wanted
    },
    found: ({ id }) => snapshot(({ agents }) => agents.find(id)),
    events: async (...types) => {
      const told = await snapshot(({ outbox }) => wholeEvents(outbox, 1000))
      return told
        .filter(({ type }) => types.length === 0 || types.includes(type))
        .map(({ body }) => body)
        .toReversed()
    },
    version: () => snapshot(({ organisation: own }) => own.version()),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

/** What a person took upon themselves for an agent, different in what is named. */
export function mandateOf(owner: User, clock: ManualClock, differences: Partial<Mandate> = {}): Mandate {
  return {
    purpose: "Keeps the notes tidy.",
    tier: "transactional",
    expiresAt: new Date(clock.now().getTime() + 30 * DAY),
    proposedBy: owner.id,
    acceptedAt: clock.now(),
    oversight: "sole-administrator",
    approvedBy: null,
    ...differences,
  }
}

/** Runs the same at once, twenty times, and answers what came of each: its value, or the code of its refusal. */
export async function twentyAtOnce<Result>(
  work: (n: number) => Promise<Result>,
): Promise<readonly (Result | string)[]> {
  const settled = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => work(n)))
  return settled.map((one) => (one.status === "fulfilled" ? one.value : codeOf(one.reason)))
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code)
  throw error
}

function userOf(clock: ManualClock, role: Role, differences: Partial<User> = {}): User {
  const id = newId("user", clock)
  const email = `${id}@acme.example`
  return { id, name: "Ada", email, role, active: true, createdAt: clock.now(), ...differences }
}
