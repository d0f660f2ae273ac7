import type { Owned } from "./registry.ts"

export interface IdempotencyRow extends Owned {
  principal: string
  key: string
  request: string
  run: string
  started_at: number
  state: "started" | "acted" | "answered"
  answer: string | null
}
