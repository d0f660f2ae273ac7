/** How asking a witness has gone lately. */
export type WitnessTrouble = "unavailable" | "unknown-log" | "ahead" | "split-view"

/** What is known of one witness of one log. */
export interface WitnessStanding {
  /** Which of the organisation's logs it is about. */
  readonly generation: number
  /** The witness's verifier key: its name under another key is another witness. */
  readonly verifierKey: string
  /** The size at which it has seen the log, as far as it said. */
  readonly size: number
  /** As of when its last cosignature says to have seen the log; null before the first. */
  readonly cosignedAt: Date | null
  /** What was wrong when it was asked last, in a word and in words; null where it cosigned. */
  readonly trouble: { readonly kind: WitnessTrouble; readonly said: string } | null
  /** How often in a row it did not cosign. */
  readonly failures: number
  /** When it may be asked again; null where it must not be, until a person has looked. */
  readonly due: Date | null
}

/** Keeps what is known of witnesses. Each sentence below is a test in witness-store.contract.ts. */
export interface WitnessStore {
  /** Answers what is known of the witnesses of a log, by their keys. */
  list(generation: number): Promise<readonly WitnessStanding[]>

  /** Keeps what is known of one, in the place of what was known. */
  put(standing: WitnessStanding): Promise<void>

  /** Forgets all of it, of every log: each witness is then asked as if for the first time. */
  forget(): Promise<void>
}
