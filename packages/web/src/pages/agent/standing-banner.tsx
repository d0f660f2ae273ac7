import type { AgentDetail, EventView } from "@tabard/api"
import type { AgentState } from "@tabard/core"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useEvents } from "../../data/events-query.ts"
import { reasonIn } from "./reason-in.ts"

const TOLD_BY: Partial<Readonly<Record<AgentState, readonly string[]>>> = {
  suspended: ["agent.suspended"],
  quarantined: ["agent.quarantined"],
  retiring: ["agent.retiring"],
  retired: ["agent.retiring", "agent.retired"],
  dismissed: ["agent.dismissed"],
}

/** Says who stopped an agent, when and why, for whoever finds it stopped; nothing while it is not. */
export function StandingBanner({ agent }: { agent: AgentDetail }): ReactNode {
  const types = TOLD_BY[agent.state]
  if (!types) return null
  return (
    <div className="mt-4 max-w-3xl space-y-1 rounded-md bg-panel px-3 py-2 empty:hidden">
      {types.map((type) => (
        <Latest key={type} agent={agent.id} type={type} />
      ))}
    </div>
  )
}

function Latest({ agent, type }: { agent: string; type: string }): ReactNode {
  const event = useEvents({ agent, type }).events[0]
  if (!event) return null
  return (
    <p className="text-pretty break-words">
      <Said text={event.sentence} /> <Moment at={event.at} />
      <Because event={event} />
    </p>
  )
}

function Because({ event }: { event: EventView }): ReactNode {
  const reason = reasonIn(event)
  if (reason === undefined) return "."
  return (
    <span className="text-soft">
      : <Said text={reason} />
    </span>
  )
}
