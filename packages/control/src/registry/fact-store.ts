import type { Fact, FactKind } from "@tabard/core"

/** Keeps statements. Each sentence below is a test in fact-store.contract.ts. */
export interface FactStore {
  /** Keeps a statement; it replaces only what the same source said in the same kind about the same name. */
  put(fact: Fact): Promise<void>

  /** Takes statements back: those of these kinds about one name of one subject, by whomever; answers how many. */
  remove(subject: string, name: string, kinds: readonly FactKind[]): Promise<number>

  /** Answers every statement under one name, about every subject. */
  named(name: string): Promise<readonly Fact[]>

  /** Keeps statements, each as `put` does; no two of them may be of one source, kind, name and subject. */
  putAll(facts: readonly Fact[]): Promise<void>

  /** Takes back what was observed about the subjects under these names, whoever observed it. */
  forgetObserved(subjects: readonly string[], names: readonly string[]): Promise<void>

  /** Answers every statement about each of the subjects. */
  of(subjects: readonly string[]): Promise<readonly Fact[]>
}
