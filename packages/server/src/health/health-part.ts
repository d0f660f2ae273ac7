import type { HealthStatus } from "@tabard/api"

/** How one part does, as whoever watches it says. */
export interface PartHealth {
  readonly status: HealthStatus
  readonly words: string
  readonly since: Date | null
}

/** A part that is watched: its name, and how it does now. One that rejects is failing. */
export interface HealthPart {
  readonly part: string
  readonly now: () => Promise<PartHealth>
}
