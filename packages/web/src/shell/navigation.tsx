import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Dialog } from "../components/dialog.tsx"
import { Icon } from "../components/icon.tsx"
import { count } from "../words/count.ts"
import { type Place, type PlaceGroup, placesFor } from "./places.ts"
import { useSignedIn } from "./signed-in-context.ts"

/** The places of the console: a column beside the page; on a phone a bar under the thumb, and the rest behind “More”. */
export function Navigation({ waiting }: { waiting: number }): ReactNode {
  const groups = placesFor(useSignedIn().user.role === "member" ? "member" : "whole")
  return (
    <>
      <Column groups={groups} waiting={waiting} />
      <Bar groups={groups} waiting={waiting} />
    </>
  )
}

function Column({ groups, waiting }: { groups: readonly PlaceGroup[]; waiting: number }): ReactNode {
  return (
    <nav
      aria-label="Console"
      className="sticky top-0 z-30 h-dvh w-52 shrink-0 overflow-y-auto border-r bg-panel px-3 py-3 max-md:hidden"
    >
      <p className="mb-4 flex h-7 items-center gap-2 px-2 text-lead font-semibold tracking-tight">
        <img src="/tabard.svg" alt="" className="size-5" />
        Tabard
      </p>
      {groups.map(({ name, places }) => (
        <PlaceList key={name} name={name} places={places} waiting={waiting} />
      ))}
    </nav>
  )
}

function PlaceList(props: PlaceGroup & { waiting: number; onGone?: () => void }): ReactNode {
  return (
    <section className="mb-4" aria-label={props.name}>
      <p aria-hidden="true" className="mb-1 px-2 text-small text-faint">
        {props.name}
      </p>
      <ul className="flex flex-col gap-px">
        {props.places.map((place) => (
          <li key={place.to}>
            <Link
              to={place.to}
              activeOptions={{ exact: place.to === "/", includeSearch: false }}
              onClick={props.onGone}
              className="flex h-8 items-center gap-2.5 rounded-md px-2 text-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:h-11"
            >
              <Icon name={place.icon} />
              {place.label}
              <Waiting at={place} waiting={props.waiting} className="ml-auto" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How many places stand in the bar itself. */
const UNDER_THE_THUMB = 4

function Bar({ groups, waiting }: { groups: readonly PlaceGroup[]; waiting: number }): ReactNode {
  const [open, setOpen] = useState(false)
  const first = groups.flatMap(({ places }) => places).slice(0, UNDER_THE_THUMB)
  const others = groups
    .map(({ name, places }) => ({ name, places: places.filter((place) => !first.includes(place)) }))
    .filter(({ places }) => places.length > 0)
  const close = (): void => setOpen(false)
  return (
    <nav
      aria-label="Console"
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {first.map((place) => (
          <li key={place.to}>
            <Link
              to={place.to}
              activeOptions={{ exact: place.to === "/", includeSearch: false }}
              className={`${IN_THE_BAR} aria-[current=page]:font-medium aria-[current=page]:text-ink`}
            >
              <Icon name={place.icon} className="size-5" />
              {place.label}
              <Waiting at={place} waiting={waiting} className="absolute top-1 left-1/2 ml-2.5" />
            </Link>
          </li>
        ))}
        <li>
          <button type="button" className={`${IN_THE_BAR} w-full`} onClick={() => setOpen(true)}>
            <Icon name="more" className="size-5" />
            More
          </button>
        </li>
      </ul>
      <Dialog open={open} onClose={close} title="More places" description="What else the console holds.">
        <div className="px-3 pb-4">
          {others.map(({ name, places }) => (
            <PlaceList key={name} name={name} places={places} waiting={waiting} onGone={close} />
          ))}
        </div>
      </Dialog>
    </nav>
  )
}

const IN_THE_BAR =
  "relative flex h-14 flex-col items-center justify-center gap-1 text-small text-soft -outline-offset-2 hover:text-ink"

function Waiting(props: { at: Place; waiting: number; className: string }): ReactNode {
  if (props.at.to !== "/approvals" || props.waiting === 0) return null
  return (
    <span
      className={`rounded-full bg-accent-fill px-1.5 text-small leading-4.5 font-medium text-on-fill ${props.className}`}
    >
      {props.waiting}
      <span className="sr-only"> {count(props.waiting, "question")} waiting</span>
    </span>
  )
}
