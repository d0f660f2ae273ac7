import type { SinkView } from "@tabard/api"
import type { ReactNode } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useSwitchSink, useTestSink } from "../../data/sinks-query.ts"
import { grouped } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** What opens over the list. */
export type SinkDialog = "letters" | "replay" | "change" | "remove"

/** The buttons of a sink: whoever may only look sees what was refused. */
export function SinkActs({
  sink,
  mayAct,
  onOpen,
}: {
  sink: SinkView
  mayAct: boolean
  onOpen: (dialog: SinkDialog) => void
}): ReactNode {
  const { deadLetters } = sink.progress
  const letters = (
    <Button size="small" onClick={() => onOpen("letters")}>
      {deadLetters === 0 ? "Dead letters" : `Dead letters (${grouped(deadLetters)})`}
    </Button>
  )
  if (!mayAct) return <div className="flex flex-wrap gap-1.5 md:justify-end">{letters}</div>
  return (
    <div className="flex flex-wrap content-start gap-1.5 md:col-span-2 xl:col-span-1 xl:justify-end">
      <TestAndSwitch sink={sink} />
      {letters}
      <ActsMenu
        size="small"
        label={`More for ${plainText(sink.name)}`}
        acts={[
          sink.progress.place > 0 && { words: "Carry again…", onSelect: () => onOpen("replay") },
          { words: "Change…", onSelect: () => onOpen("change") },
          { words: "Remove…", onSelect: () => onOpen("remove"), final: true },
        ]}
      />
    </div>
  )
}

function TestAndSwitch({ sink: { id, state } }: { sink: SinkView }): ReactNode {
  const test = useTestSink()
  const turn = useSwitchSink()
  const { data } = test
  return (
    <>
      <Button size="small" busy={test.isPending} onClick={() => test.mutate(id)}>
        Carry a test
      </Button>
      <Button size="small" busy={turn.isPending} onClick={() => turn.mutate({ id, state })}>
        {state === "running" ? "Pause" : "Go on"}
      </Button>
      <span role="status" className="order-last w-full text-small text-soft empty:hidden xl:text-right">
        {data && (data.taken ? "The test was taken." : `The test was not taken: ${data.said ?? ""}.`)}
      </span>
      {(test.error ?? turn.error) && <ProblemNote error={test.error ?? turn.error} />}
    </>
  )
}
