import type { ClientRegistrationInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useRegisterClient } from "../../data/clients-query.ts"
import { publicKeysIn } from "./public-keys-in.ts"

interface Draft {
  readonly name: string
  readonly addresses: string
  readonly keys: string
}

/** Asks what a client is called, where it leads people back to, and by which keys it proves itself. */
export function RegisterClientDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState<Draft>({ name: "", addresses: "", keys: "" })
  const [unreadable, setUnreadable] = useState<string>()
  const { mutate, isPending, error } = useRegisterClient()
  const say = (differs: Partial<Draft>): void => setDraft({ ...draft, ...differs })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const input = inputOf(draft)
    setUnreadable(input ? undefined : "These are no public keys: paste one JWK, or a JWK set.")
    if (input) mutate(input, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Register a client"
      description="People can then sign it in. It gets nothing before a person has said yes, and its agent is adopted."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="Name"
            hint="What people are told asks for their yes."
            value={draft.name}
            required
            maxLength={80}
            autoComplete="off"
            onChange={(event) => say({ name: event.target.value })}
          />
          <TextAreaField
            label="Addresses it leads back to"
            hint="One a line, exactly as it names them: https, or http on the person’s own machine."
            value={draft.addresses}
            required
            spellCheck={false}
            onChange={(event) => say({ addresses: event.target.value })}
          />
          <TextAreaField
            label="Public keys"
            hint="As JWKs, where it keeps a key of its own. Empty for a program on people’s machines."
            value={draft.keys}
            spellCheck={false}
            className="font-mono text-small"
            onChange={(event) => say({ keys: event.target.value })}
          />
          {unreadable && <p role="alert">{unreadable}</p>}
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Register the client
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** What was typed, or undefined where the keys are none. */
function inputOf({ name, addresses, keys }: Draft): ClientRegistrationInput | undefined {
  const redirectUris = addresses.split(/\s+/).filter(Boolean)
  if (keys.trim() === "") return { name, redirectUris }
  const jwks = publicKeysIn(keys)
  return jwks && { name, redirectUris, keys: jwks }
}
