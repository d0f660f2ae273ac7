import type { AgentDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { StateMark } from "../../components/agent-marks.tsx"
import { Icon } from "../../components/icon.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { categoryWords } from "../../words/agent-words.ts"
import { dayOf, exactTime } from "../../words/time.ts"
import { AgentActs } from "./agent-acts-bar.tsx"

/** What an agent is, as a sentence, with the way to stop it beside it; a lesser heading where the page has its own. */
export function AgentHead({
  agent,
  level: Heading = "h1",
}: {
  agent: AgentDetail
  level?: "h1" | "h2"
}): ReactNode {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
      <div className="max-w-3xl min-w-0 flex-1 max-md:basis-full">
        <Heading
          className={`tracking-tight text-pretty break-words text-soft ${Heading === "h1" ? "text-title" : "text-lead"}`}
        >
          <span className="font-semibold text-ink">
            <Said text={agent.name} />
          </span>{" "}
          is {categoryWords(agent.category).phrase} <Owned agent={agent} />.
        </Heading>
        {agent.purpose !== null && (
          <p className="mt-1 text-lead text-pretty break-words">
            Its purpose: <Said text={withStop(agent.purpose)} />
          </p>
        )}
        <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-soft">
          <StateMark state={agent.state} shadow={agent.shadow} />
          {agent.tier && <span>Tier {agent.tier}</span>}
          {agent.expiresAt && agent.state !== "retired" && (
            <span title={exactTime(agent.expiresAt)}>until {dayOf(agent.expiresAt)}</span>
          )}
          {agent.mandate?.oversight === "sole-administrator" && (
            <span title="The only administrator adopted it alone; the record says so.">
              adopted by the sole administrator
            </span>
          )}
          <LastSeen agent={agent} />
        </p>
      </div>
      <AgentActs agent={agent} />
    </header>
  )
}

function LastSeen({ agent: { lastSeen, vanishedAt, place, byHand } }: { agent: AgentDetail }): ReactNode {
  if (!lastSeen)
    return <span>{byHand ? "entered by hand, never seen by a scan" : "never seen by a scan"}</span>
  return (
    <span className="min-w-0 wrap-anywhere">
      last seen <Moment at={lastSeen} />
      {place !== null && (
        <>
          {" "}
          in{" "}
          <span className="font-mono text-small">
            <Said text={place} />
          </span>
        </>
      )}
      {vanishedAt !== null && ", not there any more"}
    </span>
  )
}

function Owned({ agent }: { agent: AgentDetail }): ReactNode {
  if (agent.owner && agent.orphaned)
    return (
      <span className="text-high">
        whose owner, <Said text={agent.owner.name} />, has left
      </span>
    )
  if (agent.owner)
    return (
      <>
        owned by{" "}
        <span className="text-ink">
          <Said text={agent.owner.name} />
        </span>
      </>
    )
  return (
    <span className="text-high">
      <Icon name="nobody" className="mr-1 inline size-4 align-text-bottom" />
      that nobody owns
      {agent.offer && (
        <>
          {" "}
          yet: <Said text={agent.offer.to.name} /> was asked
        </>
      )}
    </span>
  )
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
