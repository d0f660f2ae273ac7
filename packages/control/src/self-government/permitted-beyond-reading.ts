import { DOORS } from "@tabard/policy"

/** An action as Cedar text names it. */
const ACTION = /Tabard::Action::"((?:[^"\\]|\\.)*)"/g

/** Groups and doors that let nobody do more than look. */
const LOOKS: readonly string[] = [...DOORS, "effect:read"]

/**
 * Answers whether a policy could let its agent do more than read through a server, of whose tools `reading` are those that
 * only read. What names no tool, or none that can be told, could: a group of actions, whatever is left open.
 */
export function permitsBeyondReading(text: string, server: string, reading: ReadonlySet<string>): boolean {
  if (!/\bpermit\b/.test(text)) return false
  const named = [...text.matchAll(ACTION)].map(([, name = ""]) => name)
  if (named.length === 0) return true
  return named.some((name) => !LOOKS.includes(name) && !isElsewhere(name, server) && !reading.has(name))
}

/** A tool of another server; a name that is spelt with escapes is not told apart. */
function isElsewhere(name: string, server: string): boolean {
  return name.startsWith("srv_") && !name.includes("\\") && !name.startsWith(`${server}/`)
}
