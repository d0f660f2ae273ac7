import type { FoundKind } from "@tabard/core"
import type { IconName } from "../components/icon.tsx"

/** What each kind of thing that a search finds is called, many of them, and how it is drawn. */
export const FOUND_WORDS: Readonly<Record<FoundKind, { readonly label: string; readonly icon: IconName }>> = {
  agent: { label: "Agents", icon: "agents" },
  person: { label: "People", icon: "people" },
  team: { label: "Teams", icon: "people" },
  upstream: { label: "Servers behind the gateway", icon: "server" },
  tool: { label: "Tools", icon: "settings" },
  server: { label: "MCP servers", icon: "server" },
  system: { label: "Systems", icon: "system-reached" },
  reporter: { label: "Machines", icon: "sources" },
  rule: { label: "Rules of findings", icon: "findings" },
  decision: { label: "Decisions", icon: "approvals" },
  finding: { label: "Findings", icon: "findings" },
  approval: { label: "Questions", icon: "approvals" },
  task: { label: "Tasks", icon: "check" },
  credential: { label: "Credentials", icon: "key" },
  event: { label: "Events", icon: "audit" },
}
