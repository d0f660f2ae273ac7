import type { Credential, FindingRule } from "@tabard/core"

/** What the inventory knows of a credential, as its rules look at it. */
export interface InventoryCredential {
  readonly now: Date
  readonly credential: Credential
  /** Whether whoever looked again saw it no more. */
  readonly vanished: boolean
  /** The same bytes, as other machines hold them: what one credential is there, by the order of ids, itself among them. */
  readonly twins: readonly Pick<Credential, "id">[]
  /** How many agents that have not ended hold it, there or here. */
  readonly holders: number
  /** Since when all that held it are retired; null where one is not, or none ever held it. */
  readonly endedSince: Date | null
}

/** A rule that looks at one credential of the inventory. */
export type CredentialRule = FindingRule<InventoryCredential>
