import type { AutonomyLevel } from "@tabard/core"
import { freest } from "../../autonomy/autonomy-order.ts"
import type { SettingSighting } from "../../configurations/observation.ts"
import { startsForStrangers, tokenWrites, WORKFLOW_SETTINGS, WORKFLOW_TOKENS } from "../workflow-settings.ts"

/**
 * Answers how freely an agent in a pipeline acts. Nobody is asked there, so what it may change decides: its tools and
 * modes, and what the token lets it write, which weighs more where a stranger can start it or supplies the files.
 */
export function ciLevel(settings: readonly SettingSighting[]): AutonomyLevel {
  const stated = settings.map(({ level }) => level).filter((level) => level !== null)
  return freest([...stated, byToken(settings)]) ?? "not_stated"
}

function byToken(settings: readonly SettingSighting[]): AutonomyLevel {
  if (tokenWrites(settings))
    return startsForStrangers(settings) || worksInStrangersFiles(settings) ? "broad" : "partial"
  const isReadOnly = settings.some(({ value }) => value === WORKFLOW_TOKENS.readOnly)
  return isReadOnly ? "restricted" : "not_stated"
}

function worksInStrangersFiles(settings: readonly SettingSighting[]): boolean {
  const has = (name: string): boolean => settings.some(({ setting }) => setting === name)
  return has(WORKFLOW_SETTINGS.checkout) && has(WORKFLOW_SETTINGS.untrustedTrigger)
}
