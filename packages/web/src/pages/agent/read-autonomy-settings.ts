import type { FactView } from "@tabard/api"

/** A setting as a scan saw it. */
export interface AutonomySetting {
  readonly setting: string
  readonly value: string
  readonly source: string
}

/** Reads the settings out of what scans said; a reading of another shape is left out rather than guessed at. */
export function autonomySettings(facts: readonly FactView[]): readonly AutonomySetting[] {
  return facts
    .filter(({ name, effective }) => name === "autonomySettings" && effective)
    .flatMap(({ value }) => (Array.isArray(value) ? value.flatMap(settingIn) : []))
}

function settingIn(value: unknown): readonly AutonomySetting[] {
  if (typeof value !== "object" || value === null) return []
  const { setting, value: stated, source }: { setting?: unknown; value?: unknown; source?: unknown } = value
  if (typeof setting !== "string") return []
  return [{ setting, value: textOf(stated), source: textOf(source) }]
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "not stated")
}
