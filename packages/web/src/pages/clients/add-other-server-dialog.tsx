import type { ClientView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useClients } from "../../data/clients-query.ts"
import { useAddOtherServer } from "../../data/other-servers-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { NEW_OTHER_SERVER, type OtherServerDraft, otherServerOf } from "./other-server-draft.ts"

/** Asks which client may take its person to which server elsewhere, and for what. */
export function AddOtherServerDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(NEW_OTHER_SERVER)
  const { mutate, isPending, error } = useAddOtherServer()
  const { data: clients, error: unread } = useClients()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const server = otherServerOf(draft)
    if (server) mutate(server, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="List a server elsewhere"
      description="The client can then have our word for its person, for that server alone and five minutes: the person’s id here and which agent acts. What the server gives for it is that server’s."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <Fields
            draft={draft}
            clients={clients?.items.filter(({ authenticates }) => authenticates)}
            onChange={(differs) => setDraft({ ...draft, ...differs })}
          />
          <ProblemNote error={error ?? unread} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Let this client take its people there
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  readonly draft: OtherServerDraft
  /** Those that could be listed; undefined until they are read. */
  readonly clients: readonly ClientView[] | undefined
  readonly onChange: (differs: Partial<OtherServerDraft>) => void
}

function Fields(props: FieldsProps): ReactNode {
  const { draft, onChange } = props
  const plain = { autoComplete: "off", spellCheck: false } as const
  return (
    <>
      <ClientField {...props} />
      <TextField
        {...plain}
        label="Issuer"
        hint="Of the server elsewhere, to the letter, such as https://auth.example."
        type="url"
        required
        maxLength={2000}
        value={draft.issuer}
        onChange={(event) => onChange({ issuer: event.target.value })}
      />
      <TextField
        {...plain}
        label="Client id there"
        hint="What that server calls the same client."
        required
        maxLength={2000}
        value={draft.clientId}
        onChange={(event) => onChange({ clientId: event.target.value })}
      />
      <TextField
        {...plain}
        label="Scope"
        hint="The most that may be asked for there, in that server’s words, with spaces between. Empty is none."
        maxLength={10_000}
        value={draft.scope}
        onChange={(event) => onChange({ scope: event.target.value })}
      />
      <TextAreaField
        label="Resources"
        hint="The addresses there that may be asked for, a line each. Empty where the whole server is one."
        rows={2}
        maxLength={40_000}
        spellCheck={false}
        className="font-mono text-small"
        value={draft.resources}
        onChange={(event) => onChange({ resources: event.target.value })}
      />
    </>
  )
}

function ClientField({ draft, clients, onChange }: FieldsProps): ReactNode {
  return (
    <SelectField
      label="Client"
      hint={
        clients?.length === 0
          ? "No registered client has a key: register one with its public keys first."
          : "A registered one that proves itself by a key of its own."
      }
      required
      value={draft.client}
      onChange={(event) => onChange({ client: event.target.value })}
    >
      <option value="">Choose a client</option>
      {clients?.map(({ id, name }) => (
        <option key={id} value={id}>
          {plainText(name)}
        </option>
      ))}
    </SelectField>
  )
}
