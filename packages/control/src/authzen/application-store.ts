import type { Id, JsonObject } from "@tabard/core"

/** An application that is in force: its namespace, what it permits, and what it knows. */
export interface Application {
  /** Stands in its addresses. */
  readonly name: string
  /** Rises with each change, and goes on where one of this name is put anew. */
  readonly version: number
  /** In Cedar's own syntax. */
  readonly schema: string
  readonly policies: string
  readonly entities: readonly JsonObject[]
  /** Whether each of its evaluations is recorded. */
  readonly recorded: boolean
  readonly author: Id<"user">
  readonly putAt: Date
}

/** A version as it is told in lists: how many entities, and not each of them. */
export interface ApplicationVersion extends Omit<Application, "entities"> {
  readonly entityCount: number
}

/** Keeps applications and their earlier versions. Each sentence below is a test in application-store.contract.ts. */
export interface ApplicationStore {
  /**
   * Puts an application in force in place of the one of its name. Of any number that follow the same version exactly one
   * is put and answers true; the others answer false and change nothing.
   */
  put(application: Application): Promise<boolean>

  /** Answers undefined where there is none of this name in force. */
  find(name: string): Promise<Application | undefined>

  /** Answers the last version that there ever was of this name; zero where there never was one. */
  latest(name: string): Promise<number>

  /** Answers at most `limit` of those in force, in the order of their names, behind `after`. */
  list(query: { readonly after?: string; readonly limit: number }): Promise<readonly ApplicationVersion[]>

  /** Answers at most `limit` of all versions ever put under this name, the newest first, those before `before`. */
  history(
    name: string,
    query: { readonly before?: number; readonly limit: number },
  ): Promise<readonly ApplicationVersion[]>

  /** Takes the application out of force; of any number of calls at once exactly one answers true. */
  remove(name: string): Promise<boolean>
}
