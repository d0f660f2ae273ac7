import type { SignalSourceView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { RemoveDialog } from "../../components/remove-dialog.tsx"
import { Said } from "../../components/said.tsx"
import { useRemoveSource, useSwitchSource } from "../../data/signals-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { sourceStanding } from "./signal-standing.ts"

/** One source: who it is and how its signals come, how it does, and what can be done about it. */
export function SourceRow({ source, mayAct }: { source: SignalSourceView; mayAct: boolean }): ReactNode {
  return (
    <div className="grid gap-x-6 gap-y-3 px-3 py-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_18rem]">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          <Said text={source.name} />
        </p>
        <p className="text-small wrap-anywhere text-soft">
          <Said text={source.issuer} />
        </p>
        <p className="flex min-w-0 items-center gap-1 text-small text-faint">
          <span className="shrink-0">{source.method === "push" ? "It pushes to" : "Asked at"}</span>
          <Copyable text={source.url} what="the address" />
        </p>
      </div>
      <Fares source={source} />
      {mayAct && <SourceActs source={source} />}
    </div>
  )
}

function Fares({ source }: { source: SignalSourceView }): ReactNode {
  const standing = sourceStanding(source)
  const { received, receivedAt, refused, refusedAt, said, nextTryAt } = source
  return (
    <div className="min-w-0 text-small">
      <Mark icon={standing.icon} tone={standing.tone}>
        {standing.words}
      </Mark>
      {nextTryAt !== null && (
        <p className="text-pretty text-soft">
          <Said text={said ?? "It did not answer"} />, asked again <Moment at={nextTryAt} />
        </p>
      )}
      {receivedAt !== null && (
        <p className="text-soft tabular-nums">
          {count(received, "signal")}, the last <Moment at={receivedAt} />
        </p>
      )}
      {refusedAt !== null && (
        <p className="text-pretty">
          <Mark icon="warning" tone="deny">
            {count(refused, "token")} not believed, the last <Moment at={refusedAt} />
          </Mark>
          {nextTryAt === null && said !== null && (
            <span className="block text-soft">
              <Said text={said} />
            </span>
          )}
        </p>
      )}
    </div>
  )
}

function SourceActs({ source: { id, name, state } }: { source: SignalSourceView }): ReactNode {
  const turn = useSwitchSource()
  const remove = useRemoveSource()
  const [removing, setRemoving] = useState(false)
  return (
    <div className="flex flex-wrap content-start gap-1.5 md:col-span-2 xl:col-span-1 xl:justify-end">
      <Button size="small" busy={turn.isPending} onClick={() => turn.mutate({ id, state })}>
        {state === "running" ? "Pause" : "Go on"}
      </Button>
      <ActsMenu
        size="small"
        label={`More for ${plainText(name)}`}
        acts={[{ words: "Remove…", onSelect: () => setRemoving(true), final: true }]}
      />
      {turn.error && <ProblemNote error={turn.error} />}
      {removing && (
        <RemoveDialog
          name={name}
          act="Remove the source"
          description="Nothing that it says is acted upon any more. What it has ended stays ended."
          removal={remove}
          id={id}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}
