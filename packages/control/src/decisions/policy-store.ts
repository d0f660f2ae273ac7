import type { Budget, Id } from "@tabard/core"

/** What a set of policies comes from. */
export type PolicySetKind = "guard" | "tier" | "intent" | "task" | "user" | "window"

/** Policies that come and go together, with who wrote them. */
export interface PolicySet {
  readonly id: Id<"policySet">
  readonly kind: PolicySetKind
  /**
   * What it belongs to: `shipped`, `own` or `offered` (guard and tier), an agent's, task's or user's id. Beside an agent's
   * manifest stands what was written by hand (`agt_…/hand`), and what manifests are made from (`set/…`) has no policies itself.
   */
  readonly subject: string
  readonly version: number
  readonly author: string
  /** The text it was compiled from (a manifest), or null where a person wrote or chose the policies themselves. */
  readonly source: string | null
  readonly policies: readonly { readonly id: string; readonly text: string }[]
  /** What is counted besides of those whom it belongs to; absent where nothing is. */
  readonly budgets?: readonly Budget[]
  readonly createdAt: Date
}

/** Keeps policies. Each sentence below is a test in policy-store.contract.ts. */
export interface PolicyStore {
  /** Puts a set in force in place of the one of the same kind and subject, which stays readable in `history`. */
  put(set: PolicySet): Promise<void>

  /** Takes the set of this kind and subject out of force; answers false where none was. */
  remove(kind: PolicySetKind, subject: string, at: Date): Promise<boolean>

  /** Answers the sets that concerned everybody, and those of these subjects, at a time that is past, in the order of ids. */
  concerned(subjects: readonly string[], at: Date): Promise<readonly PolicySet[]>

  /** Answers the set in force of this kind and subject. */
  current(kind: PolicySetKind, subject: string): Promise<PolicySet | undefined>

  /** Answers the sets in force that concern everybody (guard, tier), and those of these subjects, in the order of ids. */
  concerning(subjects: readonly string[]): Promise<readonly PolicySet[]>

  /** Answers the sets in force of this kind whose subject begins so, in the order of subjects. */
  beginning(kind: PolicySetKind, subject: string): Promise<readonly PolicySet[]>

  /** Answers every set in force, in the order of ids. */
  inForce(): Promise<readonly PolicySet[]>

  /** Answers all sets ever put for this kind and subject, newest first. */
  history(kind: PolicySetKind, subject: string): Promise<readonly PolicySet[]>
}
