import type { PersonWords } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface ProvisionedPersonRow extends Owned {
  user: Id<"user">
  user_name: string
  /** The name without regard to case, which is not left to the databases: they fold differently. */
  user_name_key: string
  external_id: string | null
  words: JsonText<PersonWords>
  /** Whether it was the provider that switched them off. */
  switched_off: Flag
  changed_at: number
}
