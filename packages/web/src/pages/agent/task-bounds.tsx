import type { ReactNode } from "react"
import { TextField } from "../../components/field.tsx"
import type { TaskDraft } from "./task-draft.ts"

/** Where a task may work, and for how long. */
export function TaskBounds(props: {
  draft: TaskDraft
  onChange: (part: { folder?: string; minutes?: number }) => void
}): ReactNode {
  const { folder, minutes } = props.draft
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
      <TextField
        label="Folder"
        hint="Only below it; empty for none."
        value={folder}
        maxLength={4096}
        spellCheck={false}
        className="font-mono"
        onChange={(event) => props.onChange({ folder: event.target.value })}
      />
      <TextField
        label="Minutes"
        type="number"
        min={1}
        max={1440}
        required
        value={Number.isNaN(minutes) ? "" : minutes}
        onChange={(event) => props.onChange({ minutes: event.target.valueAsNumber })}
      />
    </div>
  )
}
