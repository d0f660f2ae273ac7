import type { AgentDetail, ObservingView } from "@tabard/api"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useObserving } from "../../data/observe-query.ts"
import { count } from "../../words/count.ts"
import { BeginObserving } from "./begin-observing.tsx"
import { EndObserving } from "./end-observing.tsx"
import { RehearsalLine } from "./rehearsal-line.tsx"
import { SuggestedManifest } from "./suggested-manifest.tsx"
import { WouldStop } from "./would-stop.tsx"

/** What an agent's section of observe mode is about, and who may do something about it. */
export interface ObserveSectionProps {
  readonly agent: AgentDetail
  readonly mayAct: boolean
  /** Takes a suggested text into the editor; nothing is put in force by it. */
  readonly onSuggested: (manifest: string) => void
}

/** Whether an agent's bounds are enforced or only observed, what enforcing would stop, and what follows from what was seen. */
export function ObserveSection(props: ObserveSectionProps): ReactNode {
  const { agent } = props
  return (
    <Section title="Observe mode">
      <Loaded
        reading={readingOf(useObserving(agent.id))}
        what="Observe mode"
        loading={<SkeletonLines lines={3} />}
        isEmpty={({ latest }) => latest === null}
        empty={<NeverObserved {...props} />}
        partial={() => null}
      >
        {(observing) => <Observed {...props} observing={observing} />}
      </Loaded>
    </Section>
  )
}

function NeverObserved({ agent, mayAct }: ObserveSectionProps): ReactNode {
  return (
    <div className="space-y-3">
      <p className="max-w-prose text-pretty text-faint">
        Its manifest is enforced. Observed for some days, it may do what its own bounds alone would stop, and
        each such call is kept: so it is seen what enforcing would stop before it does. What guard-rails and
        its tier stop stays stopped.
      </p>
      {mayAct && agent.state === "active" && <BeginObserving agent={agent} />}
    </div>
  )
}

function Observed(props: ObserveSectionProps & { observing: ObservingView }): ReactNode {
  const { agent, mayAct, observing, onSuggested } = props
  const { latest, rehearsal } = observing
  if (!latest) return null
  return (
    <div className="space-y-4">
      <Standing observing={observing} latest={latest} />
      {mayAct && agent.state === "active" && (
        <div className="flex flex-wrap items-center gap-2">
          {observing.observing ? <EndObserving agent={agent} /> : <BeginObserving agent={agent} />}
        </div>
      )}
      {mayAct && latest.calls > 0 && (
        <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
          <WouldStop agent={agent.id} />
          <SuggestedManifest agent={agent.id} onSuggested={onSuggested} />
        </div>
      )}
      <RehearsalLine agent={agent} rehearsal={rehearsal} mayRecord={mayAct && latest.calls > 0} />
    </div>
  )
}

function Standing(props: {
  observing: ObservingView
  latest: NonNullable<ObservingView["latest"]>
}): ReactNode {
  const { startedAt, startedBy, reason, environment, endsAt, endedAt, calls } = props.latest
  const { observing: isObserved } = props.observing
  const through = `${count(calls, "call")} ${calls === 1 ? "was" : "were"} let through`
  return (
    <div className="max-w-prose space-y-0.5 text-pretty break-words">
      <p>
        {isObserved ? (
          <strong className="font-semibold text-ask">Observed, not enforced.</strong>
        ) : (
          <strong className="font-semibold">Enforced.</strong>
        )}{" "}
        {through}
        {isObserved ? ", and it ends " : "; it ended "}
        <Moment at={isObserved ? endsAt : (endedAt ?? endsAt)} />.
      </p>
      <p className="text-soft">
        Begun <Moment at={startedAt} /> by <Said text={startedBy.name} />
        {environment === UNSAID ? (
          ", in no environment that is named"
        ) : (
          <>
            {" "}
            in <Said text={environment} />
          </>
        )}
        : <Said text={reason} />
      </p>
    </div>
  )
}

/** The environment of an agent of which nobody said where it acts. */
const UNSAID = "default"
