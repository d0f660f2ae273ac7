import type { Id, JsonObject } from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface ApplicationVersionRow extends Owned {
  name: string
  version: number
  schema: string
  policies: string
  entity_count: number
  recorded: Flag
  author: Id<"user">
  put_at: number
}

export interface ApplicationRow extends ApplicationVersionRow {
  entities: JsonText<readonly JsonObject[]>
  removed: Flag
}
