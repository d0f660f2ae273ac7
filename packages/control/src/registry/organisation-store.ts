import type { Organisation, Settings, SignInSettings, TierName, TokenSettings } from "@tabard/core"

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

  /** Lets mandates name these tiers besides all that could be named before: what a retired agent was adopted for stays a name. */
  nameTiers(names: readonly TierName[]): Promise<void>

  /** Answers how people may come in; by invitation alone where nobody settled it. */
  signInSettings(): Promise<SignInSettings>

  /** Answers what was settled about tokens; what it never was has its default. */
  tokenSettings(): Promise<TokenSettings>

  /** Keeps what was settled about tokens, in place of what was before. */
  putTokenSettings(settings: TokenSettings): Promise<void>

  /** Keeps when somebody asked for the next signing key, in place of an earlier time. */
  askSigningKey(at: Date): Promise<void>

  /** Answers when the next signing key was last asked for, or null where it never was. */
  signingKeyAsked(): Promise<Date | null>

  /** Keeps how people may come in, in place of what was before. */
  putSignInSettings(settings: SignInSettings): Promise<void>
}
