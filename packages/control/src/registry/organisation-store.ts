import type { Organisation, Settings, SignInSettings } from "@tabard/core"

/** The organisation whose transaction this is. Each sentence below is a test in organisation-store.contract.ts. */
export interface OrganisationStore {
  /** Answers this organisation's own row. */
  current(): Promise<Organisation>

  /** Answers the version of all inputs to decisions: whatever changes one of them has bumped it in the same transaction. */
  version(): Promise<number>

  /** Raises the version by one and answers the new one; of any number at once, no two get the same. */
  bumpVersion(): Promise<number>

  /** Answers what the organisation has settled; what it never did has its default. */
  settings(): Promise<Settings>

  /** Keeps what was settled, in place of what was before. */
  putSettings(settings: Settings): Promise<void>

  /** Answers how people may come in; by invitation alone where nobody settled it. */
  signInSettings(): Promise<SignInSettings>

  /** Keeps how people may come in, in place of what was before. */
  putSignInSettings(settings: SignInSettings): Promise<void>
}
