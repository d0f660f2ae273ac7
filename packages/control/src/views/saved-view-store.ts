import type { Id } from "@tabard/core"

/** A list as a person likes to see it: the search of its address, under a name of their own. */
export interface SavedView {
  readonly id: Id<"view">
  readonly user: Id<"user">
  readonly name: string
  /** What stands behind the question mark of the list's address. */
  readonly search: string
  readonly savedAt: Date
}

/** Keeps the views of people. Each sentence below is a test in saved-view-store.contract.ts. */
export interface SavedViewStore {
  /** Keeps a view; answers false, and keeps nothing, where its person has another one of that name. */
  add(view: SavedView): Promise<boolean>

  /** Answers at most `limit` views of a person, in the order in which they were first saved. */
  of(
    user: Id<"user">,
    page: { readonly after?: Id<"view">; readonly limit: number },
  ): Promise<readonly SavedView[]>

  /** Answers undefined where this person has no such view, also where somebody else does. */
  find(id: Id<"view">, user: Id<"user">): Promise<SavedView | undefined>

  /** Keeps other words of a view of this person; answers false where it is gone, or another one of theirs has the name. */
  change(view: SavedView): Promise<boolean>

  /** Drops a view of this person; of any number of calls exactly one answers true. */
  remove(id: Id<"view">, user: Id<"user">): Promise<boolean>
}
