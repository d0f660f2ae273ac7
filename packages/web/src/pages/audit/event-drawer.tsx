import type { EventDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { Drawer, DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { ExactJson } from "../../components/exact-json.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useEvent } from "../../data/events-query.ts"
import { EventFacts } from "./event-facts.tsx"
import { furtherData } from "./event-parts.ts"
import { EventProof } from "./event-proof.tsx"

/** One event beside the record: what happened, in words and exactly, and what proves it. */
export function EventDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Event" onClose={onClose}>
      <Loaded
        reading={readingOf(useEvent(id))}
        what="The event"
        loading={<SkeletonLines lines={10} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(event) => <Event event={event} />}
      </Loaded>
    </Drawer>
  )
}

function Event({ event }: { event: EventDetail }): ReactNode {
  return (
    <div className="space-y-5 pb-6">
      <header className="pr-8">
        <p className="font-mono text-small text-faint">
          <Said text={event.type} />
        </p>
        <h2 className="text-lead font-semibold text-pretty wrap-anywhere">
          <Said text={event.sentence} />
        </h2>
      </header>
      <EventProof event={event} />
      <DrawerPart title="What it tells">
        <EventFacts event={event} />
      </DrawerPart>
      <Further event={event} />
      <Beside event={event} />
      <DrawerPart title="As it is logged">
        <ExactJson value={event.body} label="The event as it is logged" />
      </DrawerPart>
    </div>
  )
}

function Further({ event }: { event: EventDetail }): ReactNode {
  const further = furtherData(event.body)
  if (further.length === 0) return null
  return (
    <DrawerPart title="Details">
      <dl>
        {further.map(([name, text]) => (
          <DrawerFact key={name} name={name}>
            <Said text={text} />
          </DrawerFact>
        ))}
      </dl>
    </DrawerPart>
  )
}

/** What the event commits to without holding it: the log keeps a hash, and the value can be erased. */
function Beside({ event: { beside } }: { event: EventDetail }): ReactNode {
  if (beside.length === 0) return null
  return (
    <DrawerPart title="Kept beside the log">
      <dl>
        {beside.map(({ field, state, value }) => (
          <DrawerFact key={field} name={field}>
            {state === "kept" && <Said text={typeof value === "string" ? value : JSON.stringify(value)} />}
            {state === "erased" && <span className="text-faint">Erased; the proof still holds</span>}
            {state === "altered" && (
              <span className="text-deny">
                What is kept is not what the event commits to: do not rely on it
              </span>
            )}
          </DrawerFact>
        ))}
      </dl>
    </DrawerPart>
  )
}
