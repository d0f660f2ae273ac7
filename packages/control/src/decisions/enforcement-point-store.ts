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
}
