import type { DepartureView, PlanStepView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useDeparture } from "../../data/lifecycle-query.ts"
import { askedAs, stepsInWords } from "../../words/plan-words.ts"
import { dayOf, exactTime } from "../../words/time.ts"

/** What follows as a person leaves, agent by agent: what would be done, or how far it is. */
export function Departure({ id }: { id: string }): ReactNode {
  return (
    <Loaded
      reading={readingOf(useDeparture(id))}
      what="What follows"
      loading={<SkeletonLines lines={3} />}
      isEmpty={({ steps }) => steps.length === 0}
      empty={
        <p className="text-soft">Nothing follows: they leave no agent, token, task or question behind.</p>
      }
      partial={({ steps, stepsCount }) =>
        stepsCount > steps.length ? `Of ${stepsCount} steps the first ${steps.length} are shown.` : null
      }
    >
      {(departure) => <Steps departure={departure} />}
    </Loaded>
  )
}

function Steps({ departure: { plan, steps } }: { departure: DepartureView }): ReactNode {
  const ends = steps.filter(({ does }) => does !== "hand-over" && does !== "suspend")
  const agents = Map.groupBy(
    steps.filter((step) => !ends.includes(step)),
    ({ to }) => to,
  )
  return (
    <div className="space-y-3">
      {plan && <Standing plan={plan} />}
      {ends.length > 0 && (
        <p className="text-pretty">
          {plan ? "At once: " : "At once it would "}
          {stepsInWords(ends)}.
        </p>
      )}
      {agents.size > 0 && (
        <ul className="divide-y border-y">
          {[...agents].map(([id, own]) => (
            <Owned key={id} steps={own} isMeant={plan === null} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Standing({ plan }: { plan: NonNullable<DepartureView["plan"]> }): ReactNode {
  const { startedAt, startedBy, ended } = plan
  return (
    <p className="text-soft">
      {ended ? (
        <>
          {ended.how === "done" ? "Complete" : "Called off"} <Moment at={ended.at} />
        </>
      ) : (
        <>
          Going on, begun <Moment at={startedAt} />
        </>
      )}
      {startedBy && (
        <>
          , when <Said text={startedBy.name} /> switched them off
        </>
      )}
      .
    </p>
  )
}

/** One agent of theirs: who is asked in turn, and what happens where nobody takes it. */
function Owned({ steps, isMeant }: { steps: readonly PlanStepView[]; isMeant: boolean }): ReactNode {
  const agent = steps.find((step) => step.agent)?.agent
  return (
    <li className="space-y-1 py-2">
      {agent && (
        <Link to="/agents/$id" params={{ id: agent.id }} className="font-medium text-accent hover:underline">
          <Said text={agent.name} />
        </Link>
      )}
      <ol className="space-y-0.5">
        {steps.map((step) => (
          <li key={`${step.does} ${step.asks?.person.id}`} className="flex justify-between gap-x-4">
            <span className="min-w-0 text-soft text-pretty">
              <Does step={step} />
            </span>
            <span className="shrink-0 text-small">
              <Came step={step} isMeant={isMeant} />
            </span>
          </li>
        ))}
      </ol>
    </li>
  )
}

function Does({ step: { does, asks, due } }: { step: PlanStepView }): ReactNode {
  if (does === "suspend")
    return (
      <>
        Suspend it on <span title={exactTime(due)}>{dayOf(due)}</span> unless somebody took it over
      </>
    )
  return (
    <>
      Ask <Said text={asks?.person.name ?? "somebody"} />, {askedAs(asks?.as ?? "")}
    </>
  )
}

function Came({ step: { done }, isMeant }: { step: PlanStepView; isMeant: boolean }): ReactNode {
  if (isMeant) return null
  if (!done) return <span className="text-faint">waits</span>
  return (
    <Mark icon="check" tone="permit" title={exactTime(done.at)}>
      <Said text={done.outcome} />
    </Mark>
  )
}
