import type { AgentDetail } from "@tabard/api"
import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EventStream } from "../../components/event-stream.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { useEvents } from "../../data/events-query.ts"
import { Story } from "../audit/story.tsx"

const route = getRouteApi("/agents/$id")

/** Everything that happened to an agent and that it did, newest first. */
export function HistoryTab({ agent }: { agent: AgentDetail }): ReactNode {
  const { event } = route.useSearch()
  const navigate = route.useNavigate()
  const toggle = (id: string): void =>
    void navigate({
      search: event === id ? { tab: "history" } : { tab: "history", event: id },
      replace: true,
    })
  return (
    <div className="max-w-4xl">
      <EventStream
        stream={useEvents({ agent: agent.id })}
        empty={
          <EmptyFace title="Nothing has happened yet">
            What it does and what is done to it is told here.
          </EmptyFace>
        }
      >
        {(events) => <Story events={events} open={event} onToggle={toggle} />}
      </EventStream>
    </div>
  )
}
