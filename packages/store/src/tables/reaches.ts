import type { Reach } from "@tabard/control"
import type { Id } from "@tabard/core"
import type { Owned } from "./registry.ts"

export interface DeclaredReachRow extends Owned {
  id: Id<"reach">
  holder: Reach["holder"]
  reaches: Reach["to"]
  declared_by: Id<"user">
  declared_at: number
}
