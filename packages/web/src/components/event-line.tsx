import type { EventView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { shortId } from "../words/ids.ts"
import { Copyable } from "./copyable.tsx"
import { ExactJson } from "./exact-json.tsx"
import { Icon } from "./icon.tsx"
import { Moment } from "./moment.tsx"
import { Said } from "./said.tsx"

/** One event as a sentence, with its place in the log; unfolded, exactly as it is logged. */
export function EventLine(props: {
  event: EventView
  open: boolean
  onToggle: () => void
  /** Opened beside the list, and not within it. */
  beside?: boolean
}): ReactNode {
  const { event, open, beside = false } = props
  return (
    <div id={event.id} className="@container">
      <button
        type="button"
        data-row=""
        aria-expanded={open}
        onClick={props.onToggle}
        className={`grid min-h-9 w-full grid-cols-[0.75rem_minmax(0,1fr)_auto] items-baseline gap-x-2.5 px-2 py-2 text-left -outline-offset-2 hover:bg-panel @xl:grid-cols-[0.75rem_minmax(0,1fr)_5rem_7rem] ${open && beside ? "bg-accent-wash" : ""}`}
      >
        <Icon
          name="right"
          className={`mt-1 size-3 self-start text-faint transition-transform duration-100 ${open && !beside ? "rotate-90" : ""}`}
        />
        <span className="min-w-0 text-pretty break-words">
          <Said text={event.sentence} />
        </span>
        <span className="text-right text-small text-faint">
          <Moment at={event.at} short />
        </span>
        <span className="text-right text-small whitespace-nowrap text-faint @max-xl:col-span-2 @max-xl:col-start-2 @max-xl:text-left">
          <PlaceInLog index={event.index} />
        </span>
      </button>
      {open && !beside && <Unfolded event={event} />}
    </div>
  )
}

function PlaceInLog({ index }: { index: number | null }): ReactNode {
  if (index === null)
    return <span title="It is kept, and gets its place with the next checkpoint.">waits for its place</span>
  return <span title="Its place in the log">№ {index}</span>
}

function Unfolded({ event }: { event: EventView }): ReactNode {
  return (
    <div className="appear space-y-2 px-2 pb-4 md:pl-7">
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-small">
        <Named name="Type" text={event.type} shown={event.type} />
        <Named name="Event" text={event.id} shown={shortId(event.id)} />
        {event.task !== null && <Named name="Task" text={event.task} shown={shortId(event.task)} />}
        {event.call !== null && <Named name="Call" text={event.call} shown={shortId(event.call)} />}
      </dl>
      <Link
        to="/audit"
        search={{ event: event.id }}
        className="inline-block text-small text-accent hover:underline"
      >
        What proves it
      </Link>
      {event.beside.length > 0 && <Beside event={event} />}
      <ExactJson value={event.body} label="The event as it is logged" />
    </div>
  )
}

/** What the log holds a commitment of alone, as far as it is still kept. */
function Beside({ event: { beside } }: { event: EventView }): ReactNode {
  return (
    <dl className="space-y-1 text-small">
      {beside.map(({ field, state, value }) => (
        <div key={field} className="flex flex-wrap gap-x-1.5">
          <dt
            className="text-faint"
            title="The log holds a commitment to this value; the value is kept beside it."
          >
            {field.replace(/^data\./, "")}
          </dt>
          <dd
            className={`min-w-0 break-words ${state === "altered" ? "text-deny" : state === "erased" ? "text-faint" : ""}`}
          >
            {state === "kept" ? (
              <Said text={typeof value === "string" ? value : JSON.stringify(value)} />
            ) : (
              STATE_WORDS[state]
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const STATE_WORDS = {
  altered: "What is kept is not what was recorded.",
  erased: "Erased with the person whom it was about.",
} as const

function Named({ name, text, shown }: { name: string; text: string; shown: string }): ReactNode {
  return (
    <div className="flex items-center gap-1.5">
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0">
        <Copyable text={text} shown={shown} what={name.toLowerCase()} />
      </dd>
    </div>
  )
}
