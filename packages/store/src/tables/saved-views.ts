import type { Id } from "@tabard/core"
import type { Owned } from "./registry.ts"

export interface SavedViewRow extends Owned {
  id: Id<"view">
  user: Id<"user">
  name: string
  search: string
  saved_at: number
}
