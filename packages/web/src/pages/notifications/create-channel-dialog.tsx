import type { ShownChannelView } from "@tabard/api"
import { NOTIFICATION_KINDS, NOTIFICATIONS, type NotificationKind } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useCreateChannel } from "../../data/notifications-query.ts"
import { count } from "../../words/count.ts"
import { channelWords } from "../../words/notification-words.ts"
import { ShownSecret } from "./channel-dialogs.tsx"

const SHARED = NOTIFICATION_KINDS.filter((kind) => NOTIFICATIONS[kind].shared)

/** What a room usually wants to hear of. */
const USUAL: readonly NotificationKind[] = ["agent-stopped", "finding-opened", "mandate-over", "agents-found"]

/** Asks where a channel leads and what it carries, makes it, and shows its secret this once. */
export function CreateChannelDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [made, setMade] = useState<ShownChannelView>()
  const onMade = (channel: ShownChannelView): void => {
    if (channel.secret === null) onClose()
    else setMade(channel)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? "The channel is made" : "Add a channel"}
      description={
        made
          ? "Copy its secret now: it is shown this once."
          : "It tells a room or another system what happens here. Nothing can be answered through it."
      }
    >
      {made?.secret ? (
        <ShownSecret secret={made.secret} onClose={onClose} />
      ) : (
        <ChannelForm onMade={onMade} onClose={onClose} />
      )}
    </Dialog>
  )
}

function ChannelForm(props: { onMade: (channel: ShownChannelView) => void; onClose: () => void }): ReactNode {
  const [kind, setKind] = useState<"webhook" | "slack">("webhook")
  const [name, setName] = useState("")
  const [url, setUrl] = useState("")
  const [kinds, setKinds] = useState(USUAL)
  const { mutate, isPending, error } = useCreateChannel()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ kind, name: name.trim(), url: url.trim(), kinds }, { onSuccess: props.onMade })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <SelectField
          label="What it speaks"
          value={kind}
          onChange={(event) => setKind(event.target.value === "slack" ? "slack" : "webhook")}
        >
          <option value="webhook">Webhook, signed (Standard Webhooks)</option>
          <option value="slack">Slack, Mattermost and what takes the same</option>
        </SelectField>
        <TextField
          label="Name"
          value={name}
          required
          pattern=".*\S.*"
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Address"
          hint="Kept sealed and shown shortened from then on."
          type="url"
          value={url}
          required
          maxLength={2000}
          placeholder="https://"
          autoComplete="off"
          onChange={(event) => setUrl(event.target.value)}
        />
        <KindChoice chosen={kinds} onChoose={setKinds} />
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={isPending} disabled={kinds.length === 0}>
          Add it for {count(kinds.length, "kind")}
        </Button>
      </DialogFoot>
    </form>
  )
}

function KindChoice(props: {
  chosen: readonly NotificationKind[]
  onChoose: (kinds: readonly NotificationKind[]) => void
}): ReactNode {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">What it carries</legend>
      {SHARED.map((kind) => (
        <CheckField
          key={kind}
          label={channelWords(kind)}
          checked={props.chosen.includes(kind)}
          onChange={(event) => {
            const others = props.chosen.filter((one) => one !== kind)
            props.onChoose(event.target.checked ? [...others, kind] : others)
          }}
        />
      ))}
    </fieldset>
  )
}
