import type { Fact } from "@tabard/core"

/** Keeps statements. Each sentence below is a test in fact-store.contract.ts. */
export interface FactStore {
  /** Keeps a statement; it replaces only what the same source said in the same kind about the same name. */
  put(fact: Fact): Promise<void>

  /** Answers every statement about each of the subjects. */
  of(subjects: readonly string[]): Promise<readonly Fact[]>
}
