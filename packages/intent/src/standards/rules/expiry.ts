import type { FindingRule } from "@tabard/core"
import { endOf } from "../../compile-manifest.ts"
import type { AgentDeclaration } from "../declaration.ts"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

const DAY_MS = 24 * 60 * 60 * 1000
const CONTROLS = ["SP800-53r5:AC-2(2)", "CIS-v8.1:5.5", "OWASP-NHI-2025:NHI1:2025"]

/** The manifest stands for ever. */
export const expiryMissing: FindingRule<Vetted> = {
  id: "expiry-missing",
  severity: "medium",
  title: "A manifest has no end",
  remediation: "Write the day on which somebody looks at it again under expires.",
  controls: CONTROLS,
  judge: ({ declarations }) =>
    declarations
      .filter(({ manifest }) => manifest.expires === undefined)
      .map((each) => sight(each, ["expires"], "It has no end.")),
}

/** The manifest stands for longer than anything should. */
export const expiryTooFar: FindingRule<Vetted> = {
  id: "expiry-too-far",
  severity: "medium",
  title: "A manifest stands for longer than the standards allow",
  remediation: "Bring the day under expires closer; a manifest can be renewed.",
  controls: CONTROLS,
  judge: ({ declarations, standards, now }) =>
    declarations.flatMap((each) => {
      const end = endTime(each)
      const latest = now.getTime() + standards.expiryDays * DAY_MS
      if (end === undefined || end <= latest) return []
      const message = `It ends on ${each.manifest.expires}, more than ${standards.expiryDays} days from now.`
      return [sight(each, ["expires"], message)]
    }),
}

/** The manifest is over. */
export const expiryPassed: FindingRule<Vetted> = {
  id: "expiry-passed",
  severity: "high",
  title: "A manifest has ended",
  remediation: "Renew it with a later day under expires, or retire the agent.",
  controls: CONTROLS,
  judge: ({ declarations, now }) =>
    declarations.flatMap((each) => {
      const end = endTime(each)
      if (end === undefined || end > now.getTime()) return []
      return [sight(each, ["expires"], `It ended on ${each.manifest.expires}.`)]
    }),
}

/** A day counts to its end; one that is no day has passed. */
function endTime({ manifest }: AgentDeclaration): number | undefined {
  const end = endOf(manifest)?.getTime()
  return Number.isNaN(end) ? 0 : end
}
