import type { EventView } from "@tabard/api"
import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { WITH_DRAWER } from "../../components/drawer.tsx"
import { EventStream } from "../../components/event-stream.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Page } from "../../components/page.tsx"
import { type Stream, useEvents } from "../../data/events-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { AuditFilters } from "./audit-filters.tsx"
import { type AuditChange, type AuditSearch, parseAuditSearch, wishesOf } from "./audit-search.ts"
import { EventDrawer } from "./event-drawer.tsx"
import { ExportButton } from "./export-button.tsx"
import { LogPanel } from "./log-panel.tsx"
import { RecordLine } from "./record-line.tsx"
import { Story } from "./story.tsx"

const route = getRouteApi("/audit")

const WITH_LOG = "grid items-start gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_20rem]"

/** The record, to be searched and read like a story, and what proves it. */
export function AuditPage(): ReactNode {
  // The router hands on what nobody understood beside what was read of the address.
  const search = parseAuditSearch(route.useSearch())
  const navigate = route.useNavigate()
  const wishes = wishesOf(search)
  const stream = useEvents(wishes)
  const seesWhole = useSeesWhole()
  const change = (next: AuditChange): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    void navigate({ search: { ...search, ...next } as AuditSearch, replace: true })
  const { event } = search
  return (
    <Page title="Audit" beside={<ExportButton wishes={wishes} disabled={stream.events.length === 0} />}>
      {seesWhole && <RecordLine />}
      <AuditFilters events={stream.events} search={search} onSearch={change} />
      <div className={event ? WITH_DRAWER : WITH_LOG}>
        {!event && (
          <div className="xl:sticky xl:top-16 xl:order-2 xl:max-h-[calc(100dvh-5rem)] xl:overflow-y-auto">
            <LogPanel />
          </div>
        )}
        <div className="min-w-0">
          <Told stream={stream} search={search} onSearch={change} />
        </div>
        {event && <EventDrawer key={event} id={event} onClose={() => change({ event: undefined })} />}
      </div>
    </Page>
  )
}

function Told(props: {
  stream: Stream
  search: AuditSearch
  onSearch: (change: AuditChange) => void
}): ReactNode {
  const { stream, search, onSearch } = props
  const { event, ...filters } = search
  const isFiltered = Object.keys(filters).length > 0
  const clear = Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]))
  const toggle = ({ id }: Pick<EventView, "id">): void => onSearch({ event: event === id ? undefined : id })
  return (
    <EventStream
      stream={stream}
      end={isFiltered ? "No older event matches." : "The record begins here."}
      empty={<NoEvents isFiltered={isFiltered} onClear={() => onSearch(clear)} />}
    >
      {(events) => <Story events={events} open={event} onToggle={(id) => toggle({ id })} beside />}
    </EventStream>
  )
}

function NoEvents({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }): ReactNode {
  const seesWhole = useSeesWhole()
  if (!isFiltered)
    return (
      <EmptyFace title="Nothing has happened yet">
        {seesWhole
          ? "Every change and every decision is told here."
          : "Every change of your agents and every decision about them is told here."}
      </EmptyFace>
    )
  return (
    <EmptyFace title="No event matches" next={<Button onClick={onClear}>Show the whole record</Button>}>
      Nothing in the record fits these filters.
    </EmptyFace>
  )
}
