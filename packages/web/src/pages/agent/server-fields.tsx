import type { ReactNode } from "react"
import { TextAreaField, TextField } from "../../components/field.tsx"

/** A server as it is being described. */
export interface ServerDraft {
  readonly name: string
  readonly command: string
  readonly args: string
  readonly roots: string
}

/** How a server is started, and what it may see. */
export function ServerFields(props: {
  draft: ServerDraft
  onChange: (part: Partial<ServerDraft>) => void
}): ReactNode {
  const { draft, onChange } = props
  const mono = { spellCheck: false, autoComplete: "off", className: "font-mono" }
  return (
    <>
      <TextField
        label="Name"
        hint="Small letters, digits and hyphens."
        value={draft.name}
        required
        pattern="[a-z0-9][a-z0-9\-]{0,62}"
        autoFocus
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextField
        label="Command"
        value={draft.command}
        required
        maxLength={4096}
        placeholder="npx"
        {...mono}
        onChange={(event) => onChange({ command: event.target.value })}
      />
      <TextAreaField
        label="Arguments"
        hint="One a line."
        value={draft.args}
        placeholder={"-y\n@modelcontextprotocol/server-filesystem\n/home/me/notes"}
        {...mono}
        onChange={(event) => onChange({ args: event.target.value })}
      />
      <TextAreaField
        label="Allowed folders"
        hint="Absolute paths, one a line: what the gateway lets calls touch. Without the sandbox the program itself runs as Tabard's own user."
        value={draft.roots}
        rows={2}
        placeholder="/home/me/notes"
        {...mono}
        onChange={(event) => onChange({ roots: event.target.value })}
      />
    </>
  )
}
