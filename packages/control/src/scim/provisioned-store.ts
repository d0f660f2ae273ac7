import type { Id } from "@tabard/core"

/** What a provider calls a person, as it spells it. */
export interface PersonWords {
  readonly givenName?: string
  readonly familyName?: string
  readonly formatted?: string
  readonly displayName?: string
  readonly title?: string
  readonly department?: string
  readonly employeeNumber?: string
}

/** What an identity provider keeps of a person over SCIM, besides what the directory holds. */
export interface ProvisionedPerson {
  readonly user: Id<"user">
  /** What the provider calls them where they sign in; compared without regard to case. */
  readonly userName: string
  /** The provider's own id of them. */
  readonly externalId: string | null
  readonly words: PersonWords
  /** Whether it was the provider that switched them off. */
  readonly switchedOff: boolean
  readonly changedAt: Date
}

/** Keeps what SCIM says of people. Each sentence below is a test in provisioned-store.contract.ts. */
export interface ProvisionedStore {
  /** Keeps what is said of a person in place of what was; answers false, and changes nothing, where their user name is another's. */
  put(person: ProvisionedPerson): Promise<boolean>

  /** Answers what is kept of each of the people; who is kept by nobody is left out. */
  of(users: readonly Id<"user">[]): Promise<ReadonlyMap<Id<"user">, ProvisionedPerson>>

  /** Finds by user name without regard to case. */
  byUserName(userName: string): Promise<Id<"user"> | undefined>

  /** Finds everybody who has this external id, letter by letter. */
  byExternalId(externalId: string): Promise<readonly Id<"user">[]>

  /** Answers how many people are kept, and how many of them their provider has switched off. */
  count(): Promise<{ readonly people: number; readonly switchedOff: number }>

  /** Keeps nothing of a person any more; answers false where nothing was kept. */
  release(user: Id<"user">): Promise<boolean>
}
