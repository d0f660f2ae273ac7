import type { DeadLetterView, SinkView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog } from "../../components/dialog.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useDeadLetters, useRetryDeadLetters } from "../../data/sinks-query.ts"
import { count, grouped } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** What a receiver refused by itself and why, the newest first; an administrator can have it tried again. */
export function DeadLettersDialog(props: {
  sink: SinkView
  mayAct: boolean
  onClose: () => void
}): ReactNode {
  const { sink, mayAct, onClose } = props
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Dead letters of ${plainText(sink.name)}`}
      description="What the receiver refused by itself while it took the rest. Put right what it says, then try again."
    >
      <Loaded
        reading={readingOf(useDeadLetters(sink.id))}
        what="The dead letters"
        loading={<SkeletonLines lines={4} />}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyFace title="Nothing was refused">The receiver took all that it was given.</EmptyFace>}
        partial={({ items, next }) => (next === null ? null : `The newest ${items.length} are shown.`)}
      >
        {({ items }) => (
          <>
            {mayAct && <RetryAll sink={sink} />}
            <ul aria-label="Dead letters" className="border-t pb-2">
              {items.map((letter) => (
                <li key={letter.id} className="border-b px-5 py-2 last:border-b-0">
                  <Letter sink={sink} letter={letter} mayAct={mayAct} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

function RetryAll({ sink: { id, progress } }: { sink: SinkView }): ReactNode {
  const { mutate, isPending, data, error } = useRetryDeadLetters()
  return (
    <div className="flex flex-wrap items-center gap-3 px-5 pb-3">
      <Button busy={isPending} onClick={() => mutate({ id })}>
        Try {count(progress.deadLetters, "dead letter")} again
      </Button>
      <span role="status" className="text-small text-soft">
        {data && `${count(data.letters, "letter")} will be tried within seconds.`}
      </span>
      {error && <ProblemNote error={error} />}
    </div>
  )
}

function Letter(props: { sink: SinkView; letter: DeadLetterView; mayAct: boolean }): ReactNode {
  const { letter, sink, mayAct } = props
  const { mutate, isPending, error } = useRetryDeadLetters()
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="min-w-0 flex-1">
        <span className="block wrap-anywhere">
          <Said text={letter.reason} />
        </span>
        <span className="block text-small text-faint tabular-nums">
          {letter.type === "log.checkpoint" ? "Checkpoint up to entry" : "Entry"} {grouped(letter.place)} ·{" "}
          <Said text={letter.type} /> · <Moment at={letter.at} /> · {count(letter.tries, "try", "tries")}
        </span>
      </span>
      {letter.again ? (
        <Mark icon="proposed" tone="calm">
          To be tried
        </Mark>
      ) : (
        mayAct && (
          <Button size="small" busy={isPending} onClick={() => mutate({ id: sink.id, letters: [letter.id] })}>
            Try again
          </Button>
        )
      )}
      {error && <ProblemNote error={error} />}
    </div>
  )
}
