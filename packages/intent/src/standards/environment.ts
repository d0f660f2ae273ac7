import type { AgentDeclaration } from "./declaration.ts"
import type { Standards } from "./standards.ts"

/** Answers whether more is demanded where an agent acts: an environment that nobody stated counts as the worst. */
export function isSensitive({ manifest }: AgentDeclaration, { sensitive }: Standards): boolean {
  return manifest.environment === undefined || sensitive.includes(manifest.environment)
}

/** Says where an agent acts. */
export function environmentWords({ manifest }: AgentDeclaration): string {
  return manifest.environment ?? "an environment that it does not state, which counts as a sensitive one"
}
