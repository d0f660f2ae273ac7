import { SIGNAL_KINDS, type SignalKind, type SignalStreamInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useMakeSignalStream } from "../../data/signals-query.ts"
import { SIGNAL_WORDS } from "../../words/signal-words.ts"
import { ReceiverToken } from "./receiver-token.tsx"

interface Draft {
  readonly name: string
  readonly method: "push" | "poll"
  readonly url: string
  readonly authorization: string
  readonly audience: string
  readonly receiver: string
  readonly form: "uri" | "iss_sub"
  readonly types: readonly SignalKind[]
}

const NEW: Draft = {
  name: "",
  method: "push",
  url: "",
  authorization: "",
  audience: "",
  receiver: "",
  form: "uri",
  types: SIGNAL_KINDS,
}

/** Asks who a receiver is, how signals come to it and which, and has it be told from now on. */
export function MakeStreamDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(NEW)
  const { mutate, isPending, error } = useMakeSignalStream()
  const say = (differs: Partial<Draft>): void => setDraft({ ...draft, ...differs })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate(inputOf(draft), { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a stream"
      description="The receiver is told what happens from now on, in order, until it says that it has it. No reason that a person typed is told."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="Name"
            value={draft.name}
            required
            autoComplete="off"
            onChange={(event) => say({ name: event.target.value })}
          />
          <DeliveryFields draft={draft} say={say} />
          <Types draft={draft} say={say} />
          <SelectField
            label="How agents are named"
            value={draft.form}
            onChange={(event) => say({ form: event.target.value === "iss_sub" ? "iss_sub" : "uri" })}
          >
            <option value="uri">By their SPIFFE URI</option>
            <option value="iss_sub">By that, as a subject of this issuer</option>
          </SelectField>
          <TextField
            label="Audience"
            hint="What the receiver expects as aud; a name is made up where it is empty."
            value={draft.audience}
            autoComplete="off"
            onChange={(event) => say({ audience: event.target.value })}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending} disabled={draft.types.length === 0}>
            Tell the receiver from now on
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

interface Saying {
  readonly draft: Draft
  readonly say: (differs: Partial<Draft>) => void
}

function DeliveryFields({ draft, say }: Saying): ReactNode {
  return (
    <>
      <SelectField
        label="How signals come to it"
        value={draft.method}
        onChange={(event) => say({ method: event.target.value === "poll" ? "poll" : "push" })}
      >
        <option value="push">We push them (RFC 8935)</option>
        <option value="poll">It fetches them (RFC 8936)</option>
      </SelectField>
      {draft.method === "push" ? (
        <>
          <TextField
            label="Address"
            hint="It begins with https://."
            type="url"
            value={draft.url}
            required
            autoComplete="off"
            onChange={(event) => say({ url: event.target.value })}
          />
          <TextField
            label="Authorization"
            hint="The value of the header that it asks for, such as Bearer …; it is sealed."
            type="password"
            value={draft.authorization}
            autoComplete="off"
            onChange={(event) => say({ authorization: event.target.value })}
          />
        </>
      ) : (
        <ReceiverToken value={draft.receiver} onChange={(receiver) => say({ receiver })} />
      )}
    </>
  )
}

function Types({ draft, say }: Saying): ReactNode {
  const turn = (type: SignalKind, isOn: boolean): void =>
    say({ types: SIGNAL_KINDS.filter((one) => (one === type ? isOn : draft.types.includes(one))) })
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">What it is told</legend>
      {SIGNAL_KINDS.map((type) => (
        <CheckField
          key={type}
          label={SIGNAL_WORDS[type]}
          hint={type}
          checked={draft.types.includes(type)}
          onChange={(event) => turn(type, event.target.checked)}
        />
      ))}
    </fieldset>
  )
}

function inputOf({
  name,
  method,
  url,
  authorization,
  audience,
  receiver,
  form,
  types,
}: Draft): SignalStreamInput {
  const known = { name, form, types, ...(audience.trim() !== "" && { audience: audience.trim() }) }
  if (method === "push")
    return { ...known, delivery: { method, url, ...(authorization !== "" && { authorization }) } }
  return { ...known, delivery: { method }, receiver }
}
