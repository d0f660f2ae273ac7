import type { OverviewView } from "@tabard/api"
import type { AgentState } from "@tabard/core"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { keysOf } from "../../shell/read-address.ts"
import { STATE_WORDS } from "../../words/agent-words.ts"
import { grouped } from "../../words/count.ts"

const LIVING: readonly AgentState[] = [
  "active",
  "discovered",
  "proposed",
  "suspended",
  "quarantined",
  "retiring",
]
const SHADES: Readonly<Record<AgentState, string>> = {
  active: "bg-permit",
  discovered: "bg-edge",
  proposed: "bg-low",
  suspended: "bg-ask",
  quarantined: "bg-deny",
  retiring: "bg-faint",
  retired: "bg-line",
  dismissed: "bg-line",
}

/** The agents by state as one calm bar, with the numbers that matter beside it. */
export function Numbers({ overview }: { overview: OverviewView }): ReactNode {
  const states = keysOf(STATE_WORDS).filter(
    (state) => LIVING.includes(state) && (overview.agentsByState[state] ?? 0) > 0,
  )
  const total = states.reduce((sum, state) => sum + (overview.agentsByState[state] ?? 0), 0)
  return (
    <section
      aria-label="Numbers"
      className="grid grid-cols-3 gap-x-6 gap-y-6 lg:grid-cols-[minmax(0,2fr)_repeat(3,minmax(0,1fr))]"
    >
      <div className="max-lg:col-span-3">
        <Figure
          many={total}
          label={total === 1 ? "agent" : "agents"}
          leadsTo={{ to: "/agents", search: {} }}
        />
        <div aria-hidden="true" className="mt-2.5 flex h-1.5 gap-0.5 overflow-hidden rounded-full">
          {states.map((state) => (
            <span
              key={state}
              className={`min-w-1 ${SHADES[state]}`}
              style={{ flexGrow: overview.agentsByState[state] ?? 0 }}
            />
          ))}
        </div>
        <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-small">
          {states.map((state) => (
            <li key={state}>
              <Link
                to="/agents"
                search={{ state }}
                className="flex items-center gap-1.5 text-soft hover:text-ink"
              >
                <span aria-hidden="true" className={`size-2 rounded-full ${SHADES[state]}`} />
                {STATE_WORDS[state]}{" "}
                <span className="text-ink">{grouped(overview.agentsByState[state] ?? 0)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <Figure
        many={overview.pendingApprovals}
        label="waiting for a person"
        leadsTo={{ to: "/approvals", search: {} }}
      />
      <Figure
        many={overview.orphaned}
        label="without owner"
        leadsTo={{ to: "/agents", search: { orphaned: "yes" } }}
      />
      <Figure
        many={overview.plaintextCredentials}
        label="credentials in plain text"
        leadsTo={{ to: "/agents", search: { plaintext: "yes" } }}
      />
    </section>
  )
}

type Target =
  | { to: "/agents"; search: { orphaned?: "yes"; plaintext?: "yes" } }
  | { to: "/approvals"; search: object }

function Figure({ many, label, leadsTo }: { many: number; label: string; leadsTo: Target }): ReactNode {
  return (
    <Link {...leadsTo} className="group block">
      <span className="block text-title font-semibold tracking-tight">{grouped(many)}</span>
      <span className="block text-small text-soft group-hover:text-ink group-hover:underline">{label}</span>
    </Link>
  )
}
