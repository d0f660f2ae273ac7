import type { LimitView } from "@tabard/api"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentLimits } from "../../data/manifest-query.ts"
import { shortId } from "../../words/ids.ts"

/** How much an agent may do, and what is used of it in the window that is open now. */
export function AgentLimits({ agent }: { agent: string }): ReactNode {
  return (
    <Section title="Limits">
      <Loaded
        reading={readingOf(useAgentLimits(agent))}
        what="The limits"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ limits }) => limits.length === 0}
        empty={
          <p className="text-pretty text-faint">
            Neither its manifest nor a task says how much it may do; what it may do at all is above.
          </p>
        }
        partial={() => null}
      >
        {({ limits }) => (
          <ul aria-label="Limits" className="border-t">
            {limits.map((limit) => (
              <li key={`${limit.task ?? ""} ${limit.name}`} className="border-b py-2">
                <Limit limit={limit} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

function Limit({ limit }: { limit: LimitView }): ReactNode {
  return (
    <>
      <p className="text-pretty wrap-anywhere">
        It may <Said text={limit.words} />
        {limit.task && <span className="text-faint"> (of task {shortId(limit.task)} alone)</span>}
      </p>
      {limit.uses.length === 0 && <p className="text-small text-faint">Nothing is used of it now.</p>}
      {limit.uses.map((use) => (
        <Use key={use.task ?? use.endsAt} limit={limit} use={use} />
      ))}
    </>
  )
}

function Use({ limit, use }: { limit: LimitView; use: LimitView["uses"][number] }): ReactNode {
  const share = Math.min(1, Number(use.used) / Math.max(Number(limit.atMost), Number.MIN_VALUE))
  const isFull = share >= 1
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <div aria-hidden="true" className="h-1.5 w-40 overflow-hidden rounded-full bg-hover">
        <div
          className={`h-full ${isFull ? "bg-deny" : "bg-accent"}`}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </div>
      <span className={`text-small ${isFull ? "text-deny" : "text-soft"}`}>
        {use.used} of {limit.atMost} {limit.currency ?? "calls"} used
        {isFull && ", and nothing is left"}
      </span>
      <span className="text-small text-faint">
        {use.task && `task ${shortId(use.task)}, `}
        ends <Moment at={use.endsAt} />
      </span>
    </div>
  )
}
