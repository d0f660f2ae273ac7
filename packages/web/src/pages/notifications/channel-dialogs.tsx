import type { ChannelView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useRemoveChannel, useRotateChannel } from "../../data/notifications-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** Asks before a webhook gets another secret, and shows that this once. */
export function RotateChannelDialog(props: { channel: ChannelView; onClose: () => void }): ReactNode {
  const { channel, onClose } = props
  const { mutate, isPending, error } = useRotateChannel()
  // It stands here alone and is gone with the dialog: it is never part of what the console remembers.
  const [secret, setSecret] = useState<string>()
  if (secret !== undefined)
    return (
      <Dialog
        open
        onClose={onClose}
        title="The new secret"
        description="Copy it now: it is shown this once. The one before signs beside it for a day."
      >
        <ShownSecret secret={secret} onClose={onClose} />
      </Dialog>
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Give ${plainText(channel.name)} a new secret`}
      description="Messages are signed with both for a day, so that the other end can change in peace. After that only the new one signs."
    >
      {error && (
        <div className="px-5 pb-4">
          <ProblemNote error={error} />
        </div>
      )}
      <DialogFoot onClose={onClose}>
        <Button
          look="primary"
          busy={isPending}
          onClick={() => mutate(channel.id, { onSuccess: (shown) => setSecret(shown.secret ?? undefined) })}
        >
          Make a new secret
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

/** A signing secret with what it is for, and the way out. */
export function ShownSecret({ secret, onClose }: { secret: string; onClose: () => void }): ReactNode {
  return (
    <>
      <div className="space-y-3 px-5 pt-1 pb-5">
        <CopyableBlock text={secret} what="the secret" />
        <p className="text-small text-pretty text-faint">
          Each message is signed with it (Standard Webhooks, <code className="font-mono">v1</code>): verify
          before you believe one.
        </p>
      </div>
      <footer className="flex justify-end border-t px-5 py-3">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </footer>
    </>
  )
}

/** Asks before a channel is removed, and says what is lost with it. */
export function RemoveChannelDialog(props: { channel: ChannelView; onClose: () => void }): ReactNode {
  const { channel, onClose } = props
  const { mutate, isPending, error } = useRemoveChannel()
  const waiting =
    channel.waiting > 0 ? ` ${count(channel.waiting, "delivery", "deliveries")} that wait are dropped.` : ""
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${plainText(channel.name)}`}
      description={`Its address and secrets are gone for good.${waiting} What was told stays with whoever was told.`}
    >
      {error && (
        <div className="px-5 pb-4">
          <ProblemNote error={error} />
        </div>
      )}
      <DialogFoot onClose={onClose}>
        <Button look="stop" busy={isPending} onClick={() => mutate(channel.id, { onSuccess: onClose })}>
          Remove the channel
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
