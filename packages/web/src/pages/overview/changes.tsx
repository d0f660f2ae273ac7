import type { EventView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { Moment } from "../../components/moment.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useSeesWhole } from "../../shell/signed-in-context.ts"

/** What happened last, as sentences. */
export function Changes({ events }: { events: readonly EventView[] }): ReactNode {
  const seesWhole = useSeesWhole()
  return (
    <Section
      title="What changed"
      beside={
        <Link to="/audit" search={{}} className="text-small text-accent hover:underline">
          Open the record
        </Link>
      }
    >
      {events.length === 0 ? (
        <EmptyFace title="Nothing has happened yet">
          {seesWhole ? "Everything that changes" : "What happens to your agents"} is told here, newest first.
        </EmptyFace>
      ) : (
        <ol className="border-t">
          {events.map((event) => (
            <li key={event.id} className="flex items-baseline justify-between gap-4 border-b py-2">
              <Link
                to="/audit"
                search={{ event: event.id }}
                data-row=""
                className="min-w-0 text-pretty break-words hover:underline"
              >
                <Said text={event.sentence} />
              </Link>
              <span className="shrink-0 text-small text-faint">
                <Moment at={event.at} short />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
