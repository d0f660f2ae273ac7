import type { Client, ClientRule, Id } from "@tabard/core"

/** Behind which item a list goes on, and how many of it are asked for. */
export interface ClientPage<K extends "client" | "clientGrant" | "clientRule"> {
  readonly after?: Id<K>
  /** 1 to 1,000. */
  readonly limit: number
}

/** Keeps registered clients and the rules by which clients are adopted. Each sentence below is a test in client-store.contract.ts. */
export interface ClientStore {
  /** Rejects where the id is taken. */
  insert(client: Client): Promise<void>

  /** Answers a client, removed or not; undefined where there is none of this id here. */
  find(id: Id<"client">): Promise<Client | undefined>

  /** Answers the clients that are not removed, in the order in which they were registered. */
  list(page: ClientPage<"client">): Promise<readonly Client[]>

  /** Removes a client; of any number of removals, at once or one after another, exactly one answers true. */
  remove(id: Id<"client">, at: Date): Promise<boolean>

  /** Keeps a rule; answers false, and keeps nothing, where a rule for the same match is in force. */
  addRule(rule: ClientRule): Promise<boolean>

  /** Answers the rules that are in force, in the order in which they were made. */
  listRules(page: ClientPage<"clientRule">): Promise<readonly ClientRule[]>

  /** Answers the rule that is in force for the first of these matches that has one. */
  ruleFor(matches: readonly string[]): Promise<ClientRule | undefined>

  /** Ends a rule, and answers it; undefined where none of this id is in force. Exactly one of many gets it. */
  removeRule(id: Id<"clientRule">, at: Date): Promise<ClientRule | undefined>
}
