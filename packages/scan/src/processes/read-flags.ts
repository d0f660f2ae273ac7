import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../configurations/observation.ts"
import type { KnownClient } from "../knowledge/knowledge-pack.ts"

/** Answers the flags of a command line that free its client, in the words of the knowledge alone: nothing else of it is told. */
export function readFlags(
  { flags = {} }: KnownClient,
  command: readonly string[],
): readonly SettingSighting[] {
  return Object.entries(flags)
    .filter(([flag]) => isGiven(flag, command))
    .map(([flag, level]) => settingOf(flag, level))
}

function isGiven(flag: string, command: readonly string[]): boolean {
  const equals = flag.indexOf("=")
  if (equals < 0) return command.includes(flag)
  const [name, wanted] = [flag.slice(0, equals), flag.slice(equals + 1)]
  const values = command.flatMap((word, at) =>
    word.startsWith(`${name}=`) ? [word.slice(equals + 1)] : word === name ? [command[at + 1] ?? ""] : [],
  )
  return values.some((value) => wanted === "*" || value === wanted)
}

function settingOf(flag: string, level: AutonomyLevel): SettingSighting {
  const [setting = flag, value = "given"] = flag.split("=")
  return { setting, value: value === "*" ? "some" : value, level }
}
