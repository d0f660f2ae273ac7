import type { OverviewView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { useScans } from "../../data/sources-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { type Concern, concernsOf, concernsOfOwn } from "./concerns.ts"

/** Whether anything is wrong, before anything else is said. */
export function Standing({ overview }: { overview: OverviewView }): ReactNode {
  return useSeesWhole() ? (
    <OfTheWhole overview={overview} />
  ) : (
    <Concerns concerns={concernsOfOwn(overview)} calm="Nothing is wrong with your agents." />
  )
}

function OfTheWhole({ overview }: { overview: OverviewView }): ReactNode {
  return <Concerns concerns={concernsOf(overview, useScans().items)} calm="Nothing is wrong." />
}

function Concerns({ concerns, calm }: { concerns: readonly Concern[]; calm: string }): ReactNode {
  if (concerns.length === 0) {
    return (
      <p className="flex items-center gap-2 text-lead">
        <Icon name="active" className="size-5 text-permit" />
        {calm}
      </p>
    )
  }
  return (
    <ul aria-label="What is wrong" className="overflow-hidden rounded-lg border">
      {concerns.map((concern) => (
        <li key={concern.says} className="border-b last:border-b-0">
          <ConcernRow {...concern} />
        </li>
      ))}
    </ul>
  )
}

function ConcernRow({ says, search, sources }: Concern): ReactNode {
  const look = "flex min-h-9 items-center gap-2.5 px-3 py-1.5"
  const words = (
    <>
      <Icon name="warning" className="size-4 text-high" />
      <span className="flex-1">{says}</span>
    </>
  )
  if (!search && !sources) return <p className={look}>{words}</p>
  return (
    <Link
      {...(search ? { to: "/agents", search } : { to: "/scans" })}
      data-row=""
      className={`${look} -outline-offset-2 hover:bg-panel`}
    >
      {words}
      <Icon name="right" className="size-3.5 text-faint" />
    </Link>
  )
}
