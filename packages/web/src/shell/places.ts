import type { IconName } from "../components/icon.tsx"

/** One place of the console in its navigation. */
export interface Place {
  readonly to:
    | "/"
    | "/agents"
    | "/approvals"
    | "/findings"
    | "/servers"
    | "/credentials"
    | "/systems"
    | "/scans"
    | "/sources"
    | "/policies"
    | "/people"
    | "/audit"
    | "/decisions"
    | "/settings"
  readonly label: string
  readonly icon: IconName
  /** Told to whoever sees the whole organisation, not to members. */
  readonly whole?: true
}

/** Places that belong together. */
export interface PlaceGroup {
  readonly name: string
  readonly places: readonly Place[]
}

/** Every place of the console, grouped by what one comes for. */
const GROUPS: readonly PlaceGroup[] = [
  {
    name: "Watch",
    places: [
      { to: "/", label: "Overview", icon: "overview" },
      { to: "/agents", label: "Agents", icon: "agents" },
      { to: "/approvals", label: "Approvals", icon: "approvals" },
      { to: "/findings", label: "Findings", icon: "findings" },
    ],
  },
  {
    name: "Inventory",
    places: [
      { to: "/servers", label: "MCP servers", icon: "server" },
      { to: "/credentials", label: "Credentials", icon: "key", whole: true },
      { to: "/systems", label: "Systems", icon: "system-reached", whole: true },
      { to: "/scans", label: "Scans", icon: "scan", whole: true },
      { to: "/sources", label: "Sources", icon: "sources", whole: true },
    ],
  },
  {
    name: "Govern",
    places: [
      { to: "/policies", label: "Policies", icon: "proof" },
      { to: "/people", label: "People", icon: "people", whole: true },
      { to: "/decisions", label: "Decisions", icon: "decisions" },
      { to: "/audit", label: "Audit", icon: "audit" },
      { to: "/settings", label: "Settings", icon: "settings", whole: true },
    ],
  },
]

/** Answers the places that somebody is led to: members to what is theirs. */
export function placesFor(role: "member" | "whole"): readonly PlaceGroup[] {
  if (role === "whole") return GROUPS
  return GROUPS.map(({ name, places }) => ({ name, places: places.filter(({ whole }) => !whole) }))
}
