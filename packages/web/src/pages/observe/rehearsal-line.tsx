import type { AgentDetail, ObservingView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { count, listed } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** A rehearsal, and what it is of. */
export interface RehearsalLineProps {
  readonly agent: AgentDetail
  readonly rehearsal: ObservingView["rehearsal"]
  readonly mayRecord: boolean
}

/** Whether an agent was rehearsed, for which tools that counts, and what ended it; and the way to record one. */
export function RehearsalLine({ agent, rehearsal, mayRecord }: RehearsalLineProps): ReactNode {
  const { mutate, isPending, error } = useAgentWork(agent.id, (client, id: string) =>
    client.recordRehearsal({ id }),
  )
  return (
    <section className="space-y-2">
      <h3 className="font-semibold">Rehearsal</h3>
      {rehearsal ? (
        <Recorded rehearsal={rehearsal} />
      ) : (
        <p className="max-w-prose text-pretty text-faint">
          None was recorded. It takes 20 calls over 24 hours of which its bounds would have denied none; a
          guard-rail can ask for one before an agent writes.
        </p>
      )}
      <ProblemNote error={error} />
      {mayRecord && (
        <Button busy={isPending} onClick={() => mutate(agent.id)}>
          Record that {plainText(agent.name)} was rehearsed
        </Button>
      )}
    </section>
  )
}

const ENDED_BY = { tier: "its tier", bounds: "its manifest, or what is by hand beside it," } as const

function Recorded({ rehearsal }: { rehearsal: NonNullable<ObservingView["rehearsal"]> }): ReactNode {
  const { recordedAt, recordedBy, calls, endedBy, tools } = rehearsal
  const isOver = endedBy.length > 0
  return (
    <div className="max-w-prose space-y-1">
      <p className="text-pretty">
        {isOver ? (
          <Mark icon="ended" tone="faint">
            Counts no more
          </Mark>
        ) : (
          <Mark icon="check" tone="permit">
            Rehearsed
          </Mark>
        )}{" "}
        with {count(calls, "call")}, recorded <Moment at={recordedAt} /> by <Said text={recordedBy.name} />.
        {isOver && ` Since then ${listed(endedBy.map((one) => ENDED_BY[one]))} changed.`}
      </p>
      {!isOver && (
        <ul aria-label="Rehearsed tools" className="text-small">
          {tools.map(({ server, tool, same }) => (
            <li key={`${server}/${tool}`} className={same ? "text-soft" : "text-faint"}>
              <span className="font-mono wrap-anywhere">
                <Said text={`${server}/${tool}`} />
              </span>
              {!same && ": its definition has changed since, so it counts no more"}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
