import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../configurations/observation.ts"

/** Every name under which a fact about an agent in an export, a manifest or a template is told. */
export const DECLARED_SETTINGS = {
  /** The tools it is given. */
  tools: "declared.tools",
  /** Whether a person must agree before it acts: `required`, `required for …`, or `off`. */
  approval: "declared.approval",
  /** What it runs code in. */
  codeExecution: "declared.code-execution",
  /** It looks things up on the web. */
  web: "declared.web",
  /** What starts it. */
  trigger: "declared.trigger",
  /** Something that starts it and that anybody can reach: a public chat, a webhook without authentication. */
  publicTrigger: "declared.public-trigger",
  /** How many steps it may take by itself. */
  iterations: "declared.iterations",
  /** Where it can be reached from, or reach to. */
  network: "declared.network",
  /** The guard-rail that it is given. */
  guardrail: "declared.guardrail",
  /** Agents that it hands work to. */
  agents: "declared.agents",
  /** The image that it runs. */
  image: "declared.image",
  /** What its container gets of the machine: `docker socket`, `privileged`, `host network`. */
  container: "declared.container",
} as const

/** The name of a fact about an agent in an export, a manifest or a template. */
export type DeclaredSetting = (typeof DECLARED_SETTINGS)[keyof typeof DECLARED_SETTINGS]

/** Answers one fact as a setting; without a level it is told, and decides nothing. */
export function declared(
  name: keyof typeof DECLARED_SETTINGS,
  value: string,
  level: AutonomyLevel | null = null,
): SettingSighting {
  return { setting: DECLARED_SETTINGS[name], value, level }
}

/** Answers a list as one setting, or none where it is empty. */
export function declaredList(
  name: keyof typeof DECLARED_SETTINGS,
  values: readonly string[],
): readonly SettingSighting[] {
  const [first] = values
  if (first === undefined) return []
  const shown = values.slice(0, 5).join(", ")
  return [declared(name, values.length > 5 ? `${shown} and ${values.length - 5} more` : shown)]
}
