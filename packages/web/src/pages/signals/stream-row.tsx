import type { SignalStreamView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { RemoveDialog } from "../../components/remove-dialog.tsx"
import { Said } from "../../components/said.tsx"
import { useRemoveStream, useSwitchStream, useVerifyStream } from "../../data/signals-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { DELIVERY_WORDS, SIGNAL_WORDS } from "../../words/signal-words.ts"
import { streamStanding } from "./signal-standing.ts"

/** One stream: to whom it leads and what it carries, how it does, and what can be done about it. */
export function StreamRow({ stream, mayAct }: { stream: SignalStreamView; mayAct: boolean }): ReactNode {
  return (
    <div className="grid gap-x-6 gap-y-3 px-3 py-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_18rem]">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          <Said text={stream.name || "Without a name"} />
        </p>
        <p className="flex min-w-0 items-center gap-1 text-small text-faint">
          <span className="shrink-0">{DELIVERY_WORDS[stream.method]} ·</span>
          <Copyable text={stream.url} what="the address" />
        </p>
        <p className="text-small text-pretty text-soft">
          {stream.types.map((type) => SIGNAL_WORDS[type]).join("\u00a0· ")}
        </p>
        {stream.receiver && (
          <p className="text-small wrap-anywhere text-faint">
            By the API token <Said text={stream.receiver.purpose} />
          </p>
        )}
      </div>
      <Fares stream={stream} />
      {mayAct && <StreamActs stream={stream} />}
    </div>
  )
}

function Fares({ stream }: { stream: SignalStreamView }): ReactNode {
  const standing = streamStanding(stream)
  const { waiting, waitingSince, deliveredAt, said, nextTryAt, reason } = stream
  return (
    <div className="min-w-0 text-small">
      <Mark icon={standing.icon} tone={standing.tone}>
        {standing.words}
      </Mark>
      {(said ?? reason) !== null && (
        <p className="text-pretty text-soft">
          <Said text={said ?? reason ?? ""} />
          {nextTryAt !== null && (
            <>
              {", tried again "}
              <Moment at={nextTryAt} />
            </>
          )}
        </p>
      )}
      {waitingSince !== null && (
        <p className="text-soft tabular-nums">
          {count(waiting, "signal")} {waiting === 1 ? "waits" : "wait"}, the oldest from{" "}
          <Moment at={waitingSince} />
        </p>
      )}
      {deliveredAt !== null && (
        <p className="text-faint">
          Last taken <Moment at={deliveredAt} />
        </p>
      )}
      <Lost stream={stream} />
    </div>
  )
}

function Lost({ stream: { dropped, refused } }: { stream: SignalStreamView }): ReactNode {
  return (
    <>
      {dropped > 0 && <Wrong words={`${count(dropped, "signal")} not kept: too many waited`} />}
      {refused > 0 && <Wrong words={`${count(refused, "signal")} refused by the receiver`} />}
    </>
  )
}

function Wrong({ words }: { words: string }): ReactNode {
  return (
    <p>
      <Mark icon="warning" tone="deny">
        {words}
      </Mark>
    </p>
  )
}

function StreamActs({ stream }: { stream: SignalStreamView }): ReactNode {
  const { id, name, status, waiting } = stream
  const verify = useVerifyStream()
  const turn = useSwitchStream()
  const remove = useRemoveStream()
  const [removing, setRemoving] = useState(false)
  const error = verify.error ?? turn.error
  return (
    <div className="flex flex-wrap content-start gap-1.5 md:col-span-2 xl:col-span-1 xl:justify-end">
      <Button size="small" busy={verify.isPending} onClick={() => verify.mutate(id)}>
        Send a test
      </Button>
      <Button size="small" busy={turn.isPending} onClick={() => turn.mutate({ id, status })}>
        {status === "enabled" ? "Pause" : "Go on"}
      </Button>
      <ActsMenu
        size="small"
        label={`More for ${plainText(name)}`}
        acts={[{ words: "Remove…", onSelect: () => setRemoving(true), final: true }]}
      />
      <span role="status" className="order-last w-full text-small text-soft empty:hidden xl:text-right">
        {verify.isSuccess && "A verification event is on its way."}
      </span>
      {error && <ProblemNote error={error} />}
      {removing && (
        <RemoveDialog
          name={name}
          act="Remove the stream"
          description={
            waiting > 0
              ? `${count(waiting, "signal")} will not reach the receiver. It is told nothing more.`
              : "The receiver is told nothing more."
          }
          removal={remove}
          id={id}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}
