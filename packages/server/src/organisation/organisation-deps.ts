import type { Shelf } from "@tabard/control"
import type { Clock, Organisation } from "@tabard/core"
import type { Config } from "../config.ts"
import type { KeyEncryptionKey } from "../keys/key-encryption-key.ts"

/** What an organisation is opened with. */
export interface OpenOrganisationDeps {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  readonly config: Config
  readonly publicUrl: string
  readonly encryption: KeyEncryptionKey
  readonly onFault: (error: unknown) => void
}
