import type { AgentSummary } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { plainText } from "../../words/plain-text.ts"

/** The name of an agent, which opens its page from anywhere on its row. */
export function AgentLink({ agent }: { agent: AgentSummary }): ReactNode {
  return (
    <Link
      to="/agents/$id"
      params={{ id: agent.id }}
      data-row=""
      title={plainText(agent.name)}
      className="truncate font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      <Said text={agent.name} />
    </Link>
  )
}
