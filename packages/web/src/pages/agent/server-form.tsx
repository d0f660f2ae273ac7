import type { ServerView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useRegisterServer } from "../../data/servers-query.ts"
import { linesOf } from "./lines-of.ts"
import { type ServerDraft, ServerFields } from "./server-fields.tsx"

const EMPTY: ServerDraft = { name: "", command: "", args: "", roots: "" }

/** Puts a server behind the gateway; its tools are read and pinned as they are at that moment. */
export function ServerForm(props: {
  /** Why a person meets this form, before it says what will happen. */
  because?: string
  onRegistered?: (server: ServerView) => void
  onClose: () => void
}): ReactNode {
  const [draft, setDraft] = useState(EMPTY)
  const { mutate, isPending, error } = useRegisterServer()
  const command = draft.command.trim()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const [args, roots] = [linesOf(draft.args), linesOf(draft.roots)]
    const launch = { transport: "stdio", command, args, roots } as const
    mutate({ name: draft.name, launch }, { onSuccess: (server) => props.onRegistered?.(server) })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <p className="rounded-md bg-panel px-3 py-2">
          {props.because && <span className="font-medium">{props.because} </span>}
          Tabard starts the server, reads its tools and pins them as they are now.
        </p>
        <ServerFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={isPending}>
          Put the server behind the gateway
        </Button>
      </DialogFoot>
    </form>
  )
}
