import type { Id } from "@tabard/core"
import type { GoverningPlace, Hand } from "./government-node.ts"
import type { KeptPlace } from "./kept-place.ts"

/**
 * What somebody declared that an agent, a server behind the gateway, or whatever a repository's pipeline runs has in its
 * hands: an API token of this server, a place from which everybody's constraints come, a repository of manifests, or an
 * identity provider. Or an agent, and the token or the command line by which it was made or taken on.
 */
export interface Reach {
  readonly id: Id<"reach">
  readonly holder: Hand | Id<"agent"> | Id<"server"> | KeptPlace
  readonly to: Id<"agent"> | Id<"apiToken"> | GoverningPlace | KeptPlace
  readonly declaredBy: Id<"user">
  readonly declaredAt: Date
}

/** Keeps what was declared to be in whose hands. Each sentence below is a test in reach-store.contract.ts. */
export interface ReachStore {
  /** Of any number between the same two at once, keeps one and answers true; false where it was declared already. */
  declare(reach: Reach): Promise<boolean>

  /** Keeps all of them but those between two of which it was declared already. */
  declareAll(reaches: readonly Reach[]): Promise<void>

  /** Answers by what agents were made or taken on, each once. */
  makers(): Promise<readonly Reach["holder"][]>

  /** Answers undefined where there is none of this id here. */
  find(id: Id<"reach">): Promise<Reach | undefined>

  /** Answers what these have in their hands, in the order of ids. */
  of(holders: readonly Reach["holder"][]): Promise<readonly Reach[]>

  /** Answers what has these in its hands, in the order of ids. */
  into(ends: readonly Reach["to"][]): Promise<readonly Reach[]>

  /** Answers a page of them, newest first; without by what agents were made where only what was `declared` is asked for. */
  list(query: {
    readonly after?: Id<"reach">
    readonly declared?: boolean
    readonly limit: number
  }): Promise<readonly Reach[]>

  /** Lets exactly one of many take one back; answers false where it is not there any more. */
  withdraw(id: Id<"reach">): Promise<boolean>
}
