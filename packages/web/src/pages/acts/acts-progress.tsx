import type { ActKind, ActOutcomeView, AgentSummary } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import type { ActsRun } from "../../data/acts-query.ts"
import { count, grouped } from "../../words/count.ts"
import { ACT_WORDS, passedOver } from "./act-words.ts"
import { PassedOverList } from "./passed-over-list.tsx"

/** Tells how far an act on many agents is, and in the end what came of it, with a way to try again what did not. */
export function ActsProgress(props: {
  kind: ActKind
  agents: readonly AgentSummary[]
  run: ActsRun
  onStop: () => void
  onRetry: (ids: readonly string[]) => void
  onClose: () => void
}): ReactNode {
  const { kind, agents, run, onStop, onRetry, onClose } = props
  const done = run.outcomes.filter(({ outcome }) => outcome === "done").length
  const left = leftOver(run)
  return (
    <>
      <div className="space-y-4 px-5 pt-1 pb-5" aria-live="polite">
        {run.isRunning ? (
          <Progress words={ACT_WORDS[kind].doing} run={run} />
        ) : (
          <p className="flex items-center gap-1.5 text-permit">
            <Icon name="check" /> {ACT_WORDS[kind].did(count(done, "agent"))}
          </p>
        )}
        {!run.isRunning && <PassedOverList title="Not done" groups={passedOver(left)} agents={agents} />}
        <ProblemNote error={run.error} />
      </div>
      <footer className="sticky bottom-0 flex justify-end gap-2 border-t bg-float px-5 py-3">
        {run.isRunning ? (
          <Button onClick={onStop}>Stop after these</Button>
        ) : (
          <>
            {left.length > 0 && (
              <Button onClick={() => onRetry(left.map(({ agent }) => agent))}>
                Try {count(left.length, "agent")} again
              </Button>
            )}
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </>
        )}
      </footer>
    </>
  )
}

function Progress({ words, run }: { words: string; run: ActsRun }): ReactNode {
  const { outcomes, agents } = run
  return (
    <div className="space-y-1.5">
      <p>
        {words}: {grouped(outcomes.length)} of {count(agents.length, "agent")}
      </p>
      <progress
        aria-label={words}
        value={outcomes.length}
        max={agents.length}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent-fill [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent-fill"
      />
    </div>
  )
}

const SAYS: Readonly<Record<ActOutcomeView["outcome"], string>> = {
  done: "",
  refused: "It was refused.",
  failed: "Something went wrong on the server; the operator's log says what.",
  "not-reached": "Its turn did not come in time.",
}

/** Who was not acted on, and why: refused, failed, or never asked about because it was stopped. */
function leftOver({ agents, outcomes }: ActsRun): readonly { agent: string; says: string }[] {
  const asked = new Map(outcomes.map((outcome) => [outcome.agent, outcome]))
  return agents.flatMap((agent) => {
    const came = asked.get(agent)
    if (!came) return [{ agent, says: "It was stopped before its turn." }]
    return came.outcome === "done" ? [] : [{ agent, says: came.says ?? SAYS[came.outcome] }]
  })
}
