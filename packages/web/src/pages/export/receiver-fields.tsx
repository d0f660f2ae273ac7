import { SINK_KINDS, type SinkKind } from "@tabard/core"
import type { ReactNode } from "react"
import { CheckField, SelectField } from "../../components/field.tsx"
import { SINK_KIND_WORDS } from "../../words/sink-words.ts"
import type { Saying } from "./carried-fields.tsx"
import { ReceiverField } from "./receiver-field.tsx"
import { NEW_SECRET } from "./receiver-in.ts"
import { SINK_FIELDS } from "./sink-fields.ts"

/** Asks of which kind a receiver is. */
export function KindField({ draft, say }: Saying): ReactNode {
  return (
    <SelectField
      label="Receiver"
      value={draft.kind}
      onChange={(event) => say({ kind: kindIn(event.target.value), values: {} })}
    >
      {SINK_KINDS.map((kind) => (
        <option key={kind} value={kind}>
          {SINK_KIND_WORDS[kind]}
        </option>
      ))}
    </SelectField>
  )
}

/** Asks where a receiver is and how it is spoken to. */
export function ReceiverFields({ draft, isNew, say }: Saying): ReactNode {
  const put = (name: string, value: string): void => say({ values: { ...draft.values, [name]: value } })
  return (
    <>
      {SINK_FIELDS[draft.kind].map((field) => (
        <ReceiverField
          key={`${draft.kind} ${field.name}`}
          field={field}
          isNew={isNew}
          value={draft.values[field.name] ?? field.usual ?? ""}
          onChange={(value) => put(field.name, value)}
        />
      ))}
      {!isNew && draft.kind === "webhook" && (
        <CheckField
          label="Make a new signing secret"
          hint="It is shown once. The one there is signs nothing any more."
          checked={draft.values[NEW_SECRET] === "true"}
          onChange={(event) => put(NEW_SECRET, String(event.target.checked))}
        />
      )}
    </>
  )
}

function kindIn(text: string): SinkKind {
  return SINK_KINDS.find((kind) => kind === text) ?? "webhook"
}
