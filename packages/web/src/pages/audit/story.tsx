import type { EventView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useMemo } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { EventLine } from "../../components/event-line.tsx"
import { Said } from "../../components/said.tsx"
import { shortId } from "../../words/ids.ts"
import { groupEvents, type TaskGroup } from "./group-events.ts"

/** Events as they hang together: a heading for each task, a line beside what belongs to one call. */
export function Story(props: {
  events: readonly EventView[]
  open: string | undefined
  onToggle: (id: string) => void
  /** Opened beside the list, and not within it. */
  beside?: boolean
}): ReactNode {
  const groups = useMemo(() => groupEvents(props.events), [props.events])
  return (
    <ol className="space-y-5">
      {groups.map((group) => (
        <li key={group.calls[0]?.events[0]?.id}>
          <TaskHeading group={group} />
          <ol className="border-t">
            {group.calls.map(({ call, events }) => (
              <li
                key={events[0]?.id}
                className={`border-b border-l-2 ${call !== null && events.length > 1 ? "border-l-edge" : "border-l-transparent"}`}
              >
                {events.map((event) => (
                  <EventLine
                    key={event.id}
                    event={event}
                    open={props.open === event.id}
                    onToggle={() => props.onToggle(event.id)}
                    beside={props.beside ?? false}
                  />
                ))}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

function TaskHeading({ group: { task, calls } }: { group: TaskGroup }): ReactNode {
  const agent = calls[0]?.events.find((event) => event.agent)?.agent
  if (task === null) return <h2 className="px-2 pb-1.5 text-small text-faint">Outside any task</h2>
  return (
    <h2 className="flex items-center gap-1.5 px-2 pb-1 text-small text-soft">
      {agent && (
        <>
          <Link
            to="/agents/$id"
            params={{ id: agent.id }}
            className="truncate font-medium text-ink hover:underline"
          >
            <Said text={agent.name} />
          </Link>
          ·
        </>
      )}
      <span className="shrink-0">task</span>
      <Copyable text={task} shown={shortId(task)} what="task" />
    </h2>
  )
}
