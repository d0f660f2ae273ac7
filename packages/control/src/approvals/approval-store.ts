import type { Agreed, Approval, ApprovalState, Id } from "@tabard/core"

/** Keeps approvals. Each sentence below is a test in approval-store.contract.ts. */
export interface ApprovalStore {
  /** Answers the pending approval of the same agent and action hash where there is one, else keeps this one and answers it. */
  request(approval: Approval): Promise<Approval>

  /** Answers undefined where there is no such approval here. */
  find(id: Id<"approval">): Promise<Approval | undefined>

  /** Answers the approval that an agent's handle names. */
  findByHandle(handle: string): Promise<Approval | undefined>

  /** Answers an agent's approvals of this exact action that are approved, unspent and unexpired at `now`. */
  spendable(agent: Id<"agent">, actionHash: string, now: Date): Promise<readonly Approval[]>

  /** Answers approvals in a state, newest first. */
  list(query: {
    state?: ApprovalState["kind"]
    agent?: Id<"agent">
    /** Only of agents that this person owns, helps with or is asked to take on, and what was put to them. */
    answeredBy?: Id<"user">
    /** Answers those behind this one. */
    after?: Pick<Approval, "id" | "createdAt">
    limit: number
  }): Promise<readonly Approval[]>

  /** Answers those of the tasks of which a question was put to this person: they read what they are asked about. */
  tasksPutTo(person: Id<"user">, tasks: readonly Id<"task">[]): Promise<ReadonlySet<Id<"task">>>

  /** Answers how many are pending and unexpired at `now`. */
  countPending(now: Date): Promise<number>

  /**
   * Moves a pending approval that has not expired at `now` to `state`. Of any number of calls for one approval, at
   * once or one after another, exactly one answers true; the others answer false and change nothing.
   */
  resolve(id: Id<"approval">, state: ApprovalState, now: Date): Promise<boolean>

  /**
   * Adds a person's yes to a pending approval that has not expired at `now`, and approves it with that one where `approves`.
   * Answers false, and changes nothing, where they have agreed already, or others than those that `seen` names have
   * agreed meanwhile: what their yes means was judged without them.
   */
  agree(
    seen: Pick<Approval, "agreed" | "id">,
    answer: { readonly yes: Agreed; readonly approves: boolean },
    now: Date,
  ): Promise<boolean>

  /**
   * Uses an approved, unexpired approval up for one call. Of any number of calls exactly one answers true; asked
   * again by the same call it answers true again; a denied, expired, cancelled or pending one answers false.
   */
  spend(id: Id<"approval">, call: Id<"call">, now: Date): Promise<boolean>

  /** Cancels what is pending, or approved and unspent, of an agent or of one of its tasks; answers their ids. */
  cancel(
    of: { agent: Id<"agent">; task?: Id<"task"> },
    at: Date,
    why: string,
  ): Promise<readonly Id<"approval">[]>

  /** Cancels what is approved with a person's yes and nobody has used, and could at `at`; answers it as it was. */
  takeBack(by: Id<"user">, at: Date, why: string): Promise<readonly Approval[]>

  /** Answers how many approvals of these agents together `cancel` would cancel. */
  countCancellable(agents: readonly Id<"agent">[]): Promise<number>

  /** Marks pending approvals whose time ended before `now` as expired; answers them. */
  expire(now: Date, limit: number): Promise<readonly Approval[]>
}
