import { isJsonObject, type RiskFacts } from "@tabard/core"
import {
  startsForStrangers,
  tokenWrites,
  WORKFLOW_SETTINGS,
  WORKFLOW_TOKENS,
} from "../declarations/workflow-settings.ts"
import type { RiskKnowledge } from "./risk-knowledge.ts"

type WorkflowFacts = Pick<RiskFacts, "sensitivity" | "effects" | "strangers">

/** One setting of an agent, as it was seen. */
interface Setting {
  readonly setting: string
  readonly value: string
}

/** Tells what a CI workflow adds to an agent: what its run's token may write, and whether strangers can start it. */
export function workflowFacts(known: RiskKnowledge): WorkflowFacts {
  const settings = settingsOf(known)
  return { ...tokenFacts(settings), strangers: strangers(settings) }
}

function tokenFacts(settings: readonly Setting[]): Pick<WorkflowFacts, "sensitivity" | "effects"> {
  const tokens = valuesOf(settings, WORKFLOW_SETTINGS.token)
  const evidence = `workflow: its token has ${tokens.join(", ")}`.slice(0, 300)
  if (tokenWrites(settings))
    return {
      sensitivity: [{ level: "confidential", evidence }],
      // What it writes to the repository others read: that sends things out as well.
      effects: [
        { level: "write", evidence },
        { level: "egress", evidence },
      ],
    }
  const isOpen = tokens.includes(WORKFLOW_TOKENS.unknown)
  const effects = [{ level: "unknown", evidence: "workflow: what the repository lets its token do" } as const]
  return { sensitivity: [], effects: isOpen ? effects : [] }
}

function strangers(settings: readonly Setting[]): WorkflowFacts["strangers"] {
  const guards = valuesOf(settings, WORKFLOW_SETTINGS.guard)
  if (startsForStrangers(settings)) {
    const events = valuesOf(settings, WORKFLOW_SETTINGS.untrustedTrigger).join(", ")
    return [
      { level: "reads", evidence: `workflow: anybody can start it (${events || "unguarded"})`.slice(0, 300) },
    ]
  }
  return guards.length === 0 ? [] : [{ level: "none", evidence: `workflow: guarded by ${guards.join(", ")}` }]
}

function valuesOf(settings: readonly Setting[], name: string): readonly string[] {
  return settings.filter(({ setting }) => setting === name).map(({ value }) => value)
}

function settingsOf({ facts }: RiskKnowledge): readonly Setting[] {
  const value = facts.get("autonomySettings")?.value
  if (!Array.isArray(value)) return []
  return value.flatMap((each) => (isJsonObject(each) ? (asSetting(each) ?? []) : []))
}

function asSetting({ setting, value }: { readonly [name: string]: unknown }): Setting | undefined {
  return typeof setting === "string" && typeof value === "string" ? { setting, value } : undefined
}
