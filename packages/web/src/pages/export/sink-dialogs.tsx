import type { ShownSinkView, SinkView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useChangeSink, useMakeSink, useRemoveSink } from "../../data/sinks-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { ShownSecret } from "../notifications/channel-dialogs.tsx"
import { receiverIn } from "./receiver-in.ts"
import { choiceIn, draftOf, NEW_SINK, type SinkDraft } from "./sink-draft.ts"
import { SinkForm } from "./sink-form.tsx"

/** Asks where a sink leads and what it carries, makes it, and shows a secret that was made for it this once. */
export function MakeSinkDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [made, setMade] = useState<ShownSinkView>()
  const { mutate, isPending, error } = useMakeSink()
  const make = (draft: SinkDraft): void =>
    mutate(
      { ...wishIn(draft), from: draft.from },
      { onSuccess: (sink) => (sink.secret === null ? onClose() : setMade(sink)) },
    )
  if (made?.secret) return <SecretDialog title="The sink is made" secret={made.secret} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a sink"
      description="It carries the record to a receiver: what a published checkpoint covers, in order, at least once, under keys that stay the same."
    >
      <SinkForm
        first={NEW_SINK}
        isNew
        busy={isPending}
        error={error}
        act="Add the sink"
        onSubmit={make}
        onClose={onClose}
      />
    </Dialog>
  )
}

/** Changes what a sink carries and how; secrets stay as they are where none are typed. */
export function ChangeSinkDialog({ sink, onClose }: { sink: SinkView; onClose: () => void }): ReactNode {
  const [changed, setChanged] = useState<ShownSinkView>()
  const { mutate, isPending, error } = useChangeSink()
  const change = (draft: SinkDraft): void =>
    mutate(
      { id: sink.id, ...wishIn(draft) },
      { onSuccess: (shown) => (shown.secret === null ? onClose() : setChanged(shown)) },
    )
  if (changed?.secret)
    return <SecretDialog title="The new secret" secret={changed.secret} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${plainText(sink.name)}`}
      description="It goes on from where it is. Secrets stay as they are where you type none; another address wants them once more."
    >
      <SinkForm
        first={draftOf(sink)}
        isNew={false}
        busy={isPending}
        error={error}
        act="Change the sink"
        onSubmit={change}
        onClose={onClose}
      />
    </Dialog>
  )
}

function wishIn(draft: SinkDraft): Pick<SinkDraft, "name" | "content" | "checkpoints"> & {
  readonly receiver: ReturnType<typeof receiverIn>
  readonly choice: ReturnType<typeof choiceIn>
} {
  const { name, content, checkpoints } = draft
  return { name: name.trim(), content, checkpoints, receiver: receiverIn(draft), choice: choiceIn(draft) }
}

function SecretDialog(props: { title: string; secret: string; onClose: () => void }): ReactNode {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      description="Copy it now: it is shown this once."
    >
      <ShownSecret secret={props.secret} onClose={props.onClose} />
    </Dialog>
  )
}

/** Asks before a sink is removed, and says what is lost with it. */
export function RemoveSinkDialog({ sink, onClose }: { sink: SinkView; onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useRemoveSink()
  const { place, size, deadLetters } = sink.progress
  const missing = size - place
  const lost = [
    missing > 0 ? `${count(missing, "entry", "entries")} will not reach it.` : "",
    deadLetters > 0 ? `${count(deadLetters, "dead letter")} will be forgotten.` : "",
  ]
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${plainText(sink.name)}`}
      description={["Its secrets and its place are gone for good.", ...lost, "What it carried stays there."]
        .filter(Boolean)
        .join(" ")}
    >
      {error && (
        <div className="px-5 pb-4">
          <ProblemNote error={error} />
        </div>
      )}
      <DialogFoot onClose={onClose}>
        <Button look="stop" busy={isPending} onClick={() => mutate(sink.id, { onSuccess: onClose })}>
          Remove the sink
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
