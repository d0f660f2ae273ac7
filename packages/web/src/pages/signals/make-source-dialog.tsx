import type { ShownSignalSourceView, SignalSourceInput } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useMakeSignalSource } from "../../data/signals-query.ts"

interface Draft {
  readonly name: string
  readonly issuer: string
  readonly jwksUri: string
  readonly audience: string
  readonly method: "push" | "poll"
  readonly url: string
  readonly authorization: string
}

const NEW: Draft = {
  name: "",
  issuer: "",
  jwksUri: "",
  audience: "",
  method: "push",
  url: "",
  authorization: "",
}

/** Asks who a transmitter is and how its signals come, and shows the token that it pushes with this once. */
export function MakeSourceDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [made, setMade] = useState<ShownSignalSourceView>()
  const make = useMakeSignalSource()
  if (made?.token) return <MadeSource source={made} token={made.token} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a source"
      description="What it signals is acted upon at once: it can end sessions and tokens, and have agents quarantined. It can give nothing back."
    >
      <SourceForm
        busy={make.isPending}
        error={make.error}
        onClose={onClose}
        onSubmit={(draft) =>
          make.mutate(inputOf(draft), {
            onSuccess: (source) => (source.token === null ? onClose() : setMade(source)),
          })
        }
      />
    </Dialog>
  )
}

function SourceForm(props: {
  busy: boolean
  error: Error | null
  onSubmit: (draft: Draft) => void
  onClose: () => void
}): ReactNode {
  const [draft, setDraft] = useState(NEW)
  const say = (differs: Partial<Draft>): void => setDraft({ ...draft, ...differs })
  const field = (name: "name" | "issuer" | "jwksUri" | "audience" | "url") => ({
    value: draft[name],
    required: true,
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => say({ [name]: event.target.value }),
  })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onSubmit(draft)
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField label="Name" {...field("name")} />
        <TextField label="Issuer" hint="The iss of its tokens, letter by letter." {...field("issuer")} />
        <TextField label="Keys" hint="Its jwks_uri, with RS256 keys." type="url" {...field("jwksUri")} />
        <TextField
          label="Audience"
          hint="The aud by which it names this organisation."
          {...field("audience")}
        />
        <SelectField
          label="How signals come"
          value={draft.method}
          onChange={(event) => say({ method: event.target.value === "poll" ? "poll" : "push" })}
        >
          <option value="push">It pushes them here (RFC 8935)</option>
          <option value="poll">We fetch them (RFC 8936)</option>
        </SelectField>
        {draft.method === "poll" && (
          <>
            <TextField label="Address to fetch from" type="url" {...field("url")} />
            <TextField
              label="Authorization"
              hint="The value of the header, such as Bearer …; it is sealed."
              type="password"
              autoComplete="off"
              value={draft.authorization}
              onChange={(event) => say({ authorization: event.target.value })}
            />
          </>
        )}
        <ProblemNote error={props.error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={props.busy}>
          Act upon its signals
        </Button>
      </DialogFoot>
    </form>
  )
}

function inputOf({ method, url, authorization, ...known }: Draft): SignalSourceInput {
  if (method === "push") return { ...known, delivery: { method } }
  return { ...known, delivery: { method, url, ...(authorization !== "" && { authorization }) } }
}

function MadeSource(props: { source: ShownSignalSourceView; token: string; onClose: () => void }): ReactNode {
  const { source, token, onClose } = props
  return (
    <Dialog
      open
      onClose={onClose}
      title="The source is made"
      description="Give both to the transmitter. Copy the header now: it is shown this once."
    >
      <div className="space-y-3 px-5 pt-1 pb-5">
        <p className="font-medium">It pushes to</p>
        <CopyableBlock text={source.url} what="the address" />
        <p className="font-medium">With the Authorization header</p>
        <CopyableBlock text={`Bearer ${token}`} what="the header" />
      </div>
      <footer className="flex justify-end border-t px-5 py-3">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  )
}
