import type { Id } from "@tabard/core"

/** A door: a registered client of the decision point, with what it may assert. */
export interface EnforcementPoint {
  readonly id: Id<"enforcementPoint">
  readonly name: string
  readonly kind: "gateway" | "forward-auth" | "hook" | "token-endpoint" | "ci"
  /** Agents it may ask for; `*` is every agent. */
  readonly subjects: readonly (Id<"agent"> | "*")[]
  /** Facts that it saw itself and may state; any other that it sends is dropped. */
  readonly asserts: readonly ("network" | "posture" | "provenance" | "resolved-path")[]
}

/** A door that a person registered, which asks over the network with an API token. */
export interface RegisteredPoint extends EnforcementPoint {
  readonly apiToken: Id<"apiToken">
  /** The applications that it may ask; `agents` is the built-in one. */
  readonly applications: readonly string[]
  /** Whether whatever it asks is recorded. */
  readonly recorded: boolean
  readonly registeredBy: Id<"user">
  readonly registeredAt: Date
}

/** Answers whether a door may ask for an agent. */
export function mayAskFor({ subjects }: Pick<EnforcementPoint, "subjects">, agent: Id<"agent">): boolean {
  return subjects.includes("*") || subjects.includes(agent)
}

/** Keeps doors. Each sentence below is a test in enforcement-point-store.contract.ts. */
export interface EnforcementPointStore {
  /** Keeps a door if its name is free; answers the one of that name. */
  ensure(point: EnforcementPoint): Promise<EnforcementPoint>

  /** Answers undefined where there is no such door here. */
  find(id: Id<"enforcementPoint">): Promise<EnforcementPoint | undefined>

  /** Keeps a door that a person registered; answers false, and keeps nothing, where its name or its token is another's. */
  register(point: RegisteredPoint): Promise<boolean>

  /** Answers a registered door; one that nobody registered is none. */
  registered(id: Id<"enforcementPoint">): Promise<RegisteredPoint | undefined>

  /** Answers the door that asks with this token. */
  ofToken(token: Id<"apiToken">): Promise<RegisteredPoint | undefined>

  /** Answers at most `limit` registered doors in the order of their ids, behind `after`. */
  list(query: {
    readonly after?: Id<"enforcementPoint">
    readonly limit: number
  }): Promise<readonly RegisteredPoint[]>

  /** Ends a registered door; of any number of calls at once exactly one answers true. */
  remove(id: Id<"enforcementPoint">): Promise<boolean>
}
