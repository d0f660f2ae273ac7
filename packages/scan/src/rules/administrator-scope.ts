import type { RuleSighting } from "@tabard/core"
import { WORKFLOW_SETTINGS } from "../declarations/workflow-settings.ts"
import type { ScanRule, Sight } from "./rule.ts"

/** What may do everything where it is used: an administrator's key, a scope that is a wildcard, a token that writes anywhere. */
export const administratorScope: ScanRule = {
  id: "administrator-scope",
  severity: "high",
  title: "Administrator or wildcard scope",
  remediation: "Name the scopes that its purpose needs, and take the administrator's away.",
  controls: ["OWASP-NHI-2025:NHI5:2025", "SP800-53r5:AC-6(5)", "SP800-53r5:AC-2(7)"],
  judge: (sight) => [...credentials(sight), ...servers(sight), ...workflows(sight)],
}

function credentials({ credentials: seen, pack }: Sight): readonly RuleSighting[] {
  const administrators = new Set(pack.shapes.filter((shape) => shape.administrator).map(({ id }) => id))
  return seen
    .filter(({ kind }) => administrators.has(kind))
    .map(({ key, kind, provider, locations }) => ({
      subject: key,
      message: `A credential (${kind}, ${provider ?? "unknown provider"}) may do everything in its account.`,
      evidence: locations.map((location) => ({ ...location, what: "administrator's credential" })),
    }))
}

function servers({ mcpServers }: Sight): readonly RuleSighting[] {
  return mcpServers
    .filter(({ enabled, flags }) => enabled && flags.includes("administrator-scope"))
    .map(({ key, name, locations }) => ({
      subject: key,
      message: `The MCP server ${name} asks for an administrator's scope, or for all scopes there are.`,
      evidence: locations.map((location) => ({ ...location, what: "administrator or wildcard scope" })),
    }))
}

function workflows({ agents }: Sight): readonly RuleSighting[] {
  return agents.flatMap(({ key, name, autonomy }) => {
    const all = autonomy.effective.filter(
      ({ setting, value }) => setting === WORKFLOW_SETTINGS.token && value === "write-all",
    )
    const message = `${name ?? "An agent"} runs with a token that may write everywhere in its repository.`
    const evidence = all.map(({ source, value }) => ({ path: source, line: null, what: value }))
    return all.length === 0 ? [] : [{ subject: key, message, evidence }]
  })
}
