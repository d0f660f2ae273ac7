import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { EventStream } from "../../components/event-stream.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Page } from "../../components/page.tsx"
import { useEvents } from "../../data/events-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { AuditFilters } from "./audit-filters.tsx"
import { LogPanel } from "./log-panel.tsx"
import { Story } from "./story.tsx"

const route = getRouteApi("/audit")

/** The record, to be read like a story, and what proves it. */
export function AuditPage(): ReactNode {
  const { agent, type, event } = route.useSearch()
  const navigate = route.useNavigate()
  const stream = useEvents({ agent, type })
  const isFiltered = agent !== undefined || type !== undefined
  const toggle = (id: string): void =>
    void navigate({
      search: ({ event: open, ...rest }) => (open === id ? rest : { ...rest, event: id }),
      replace: true,
    })
  return (
    <Page title="Audit">
      <div className="grid items-start gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="xl:sticky xl:top-16 xl:order-2">
          <LogPanel />
        </div>
        <div className="min-w-0">
          <AuditFilters
            events={stream.events}
            search={{ ...(agent && { agent }), ...(type && { type }) }}
            onSearch={(search) => void navigate({ search, replace: true })}
          />
          <EventStream
            stream={stream}
            empty={<NoEvents isFiltered={isFiltered} onClear={() => void navigate({ search: {} })} />}
          >
            {(events) => <Story events={events} open={event} onToggle={toggle} />}
          </EventStream>
        </div>
      </div>
    </Page>
  )
}

function NoEvents({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }): ReactNode {
  const seesWhole = useSeesWhole()
  if (!isFiltered)
    return (
      <EmptyFace title="Nothing has happened yet">
        {seesWhole
          ? "Every change and every decision is told here, and kept for good."
          : "Every change of your agents and every decision about them is told here, and kept for good."}
      </EmptyFace>
    )
  return (
    <EmptyFace title="No event matches" next={<Button onClick={onClear}>Show the whole record</Button>}>
      Nothing in the record fits these filters.
    </EmptyFace>
  )
}
