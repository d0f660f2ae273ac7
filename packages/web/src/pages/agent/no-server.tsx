import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DialogFoot } from "../../components/dialog.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useRegisterServer } from "../../data/servers-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { linesOf } from "./lines-of.ts"

/** Says that no server stands behind the gateway, and lets an administrator put one there. */
export function NoServer({ onClose }: { onClose: () => void }): ReactNode {
  const { role } = useSignedIn().user
  if (role !== "administrator") {
    return (
      <EmptyFace title="No server stands behind the gateway yet">
        A task needs one whose tools the agent may use. An administrator can put it there.
      </EmptyFace>
    )
  }
  return <ServerForm onClose={onClose} />
}

function ServerForm({ onClose }: { onClose: () => void }): ReactNode {
  const [name, setName] = useState("")
  const [command, setCommand] = useState("")
  const [args, setArgs] = useState("")
  const [roots, setRoots] = useState("")
  const { mutate, isPending, error } = useRegisterServer()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const launch = {
      transport: "stdio" as const,
      command: command.trim(),
      args: linesOf(args),
      roots: linesOf(roots),
    }
    mutate({ name, launch })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <p className="rounded-md bg-panel px-3 py-2">
          <span className="font-medium">No server stands behind the gateway yet.</span> Tabard starts it,
          reads its tools and pins them as they are now.
        </p>
        <TextField
          label="Name"
          hint="Small letters, digits and hyphens."
          value={name}
          required
          pattern="[a-z0-9][a-z0-9\-]{0,62}"
          spellCheck={false}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Command"
          value={command}
          required
          maxLength={4096}
          spellCheck={false}
          className="font-mono"
          placeholder="npx"
          onChange={(event) => setCommand(event.target.value)}
        />
        <TextAreaField
          label="Arguments"
          hint="One a line."
          value={args}
          rows={3}
          spellCheck={false}
          className="font-mono"
          placeholder={"-y\n@modelcontextprotocol/server-filesystem\n/home/me/notes"}
          onChange={(event) => setArgs(event.target.value)}
        />
        <TextAreaField
          label="Allowed folders"
          hint="Absolute paths, one a line. The server sees nothing else."
          value={roots}
          rows={2}
          spellCheck={false}
          className="font-mono"
          placeholder="/home/me/notes"
          onChange={(event) => setRoots(event.target.value)}
        />
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look="primary" disabled={!name || !command.trim()} busy={isPending}>
          Put the server behind the gateway
        </Button>
      </DialogFoot>
    </form>
  )
}
