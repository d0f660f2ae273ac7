import type { AgentSummary } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { placeEnds } from "../../words/place-ends.ts"
import { plainText } from "../../words/plain-text.ts"

/** The name of an agent with its place beside it; it opens the agent beside the list from anywhere on its row. */
export function AgentLink({ agent }: { agent: AgentSummary }): ReactNode {
  const { name, place } = agent
  return (
    <Link
      from="/agents"
      to="/agents"
      search={(search) => ({ ...search, agent: agent.id })}
      replace
      // It leads to the page that is there already.
      preload={false}
      data-row=""
      data-agent={agent.id}
      title={plainText(place === null ? name : `${name}, seen in ${place}`)}
      className="flex w-full min-w-0 items-baseline gap-2 outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      <span
        className={
          place === null ? "min-w-0 truncate font-medium" : "max-w-3/5 shrink-0 truncate font-medium"
        }
      >
        <Said text={name} />
      </span>
      {place !== null && (
        <span className="min-w-0 truncate font-mono text-small text-faint">
          <Said text={placeEnds(place)} />
        </span>
      )}
    </Link>
  )
}
