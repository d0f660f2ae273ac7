import type { AgentSummary } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { plainText } from "../../words/plain-text.ts"

/** The name of an agent with its place beside it; it opens the agent's page from anywhere on its row. */
export function AgentLink({ agent }: { agent: AgentSummary }): ReactNode {
  const { name, place } = agent
  return (
    <Link
      to="/agents/$id"
      params={{ id: agent.id }}
      data-row=""
      title={plainText(place === null ? name : `${name}, seen in ${place}`)}
      className="flex min-w-0 items-baseline gap-2 outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      <span className="max-w-full shrink-0 truncate font-medium">
        <Said text={name} />
      </span>
      {/* Told from its end: what is cut off for want of room is the beginning, which many share. */}
      {place !== null && (
        <span className="min-w-0 truncate [direction:rtl] font-mono text-small text-faint">
          <Said text={place} />
        </span>
      )}
    </Link>
  )
}
