import type { AgentSummary } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { plainText } from "../../words/plain-text.ts"

// A place this short is never cut; a longer one leaves the name three fifths of the room.
const PLACE_ALWAYS_WHOLE = 10

/** The name of an agent with its place beside it; it opens the agent's page from anywhere on its row. */
export function AgentLink({ agent }: { agent: AgentSummary }): ReactNode {
  const { name, place } = agent
  const isLong = place !== null && place.length > PLACE_ALWAYS_WHOLE
  return (
    <Link
      to="/agents/$id"
      params={{ id: agent.id }}
      data-row=""
      title={plainText(place === null ? name : `${name}, seen in ${place}`)}
      className="flex min-w-0 items-baseline gap-2 outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      <span className={`truncate font-medium ${isLong ? "max-w-3/5 shrink-0" : "min-w-0"}`}>
        <Said text={name} />
      </span>
      {/* Told from its end: what is cut off for want of room is the beginning, which many share. */}
      {place !== null && (
        <span
          className={`truncate [direction:rtl] font-mono text-small text-faint ${isLong ? "min-w-0" : "shrink-0"}`}
        >
          <Said text={place} />
        </span>
      )}
    </Link>
  )
}
