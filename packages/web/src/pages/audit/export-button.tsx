import type { EventFileForm, EventWishes } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { MOST_SAVED, type RecordFile, useRecordFile } from "../../data/record-file.ts"
import { count, grouped } from "../../words/count.ts"

/** Saves what the filters find as a file. */
export function ExportButton({ wishes, disabled }: { wishes: EventWishes; disabled: boolean }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button disabled={disabled} onClick={() => setOpen(true)}>
        Save as a file
      </Button>
      {open && <ExportDialog wishes={wishes} onClose={() => setOpen(false)} />}
    </>
  )
}

const FORMS: readonly { readonly form: EventFileForm; readonly name: string; readonly meaning: string }[] = [
  {
    form: "jsonl",
    name: "JSON lines",
    meaning: "Each event byte for byte as it is logged, with its place: each line can be proven later.",
  },
  { form: "csv", name: "CSV", meaning: "A row for each event, for a spreadsheet." },
]

function ExportDialog({ wishes, onClose }: { wishes: EventWishes; onClose: () => void }): ReactNode {
  const file = useRecordFile(wishes)
  const isFiltered = Object.values(wishes).some((wish) => wish !== undefined)
  const close = (): void => {
    file.stop()
    onClose()
  }
  return (
    <Dialog
      open
      onClose={close}
      title={isFiltered ? "Save the events that the filters find" : "Save the whole record"}
      description={`The newest first, at most ${grouped(MOST_SAVED)}; narrow by time for what is older. More is carried by a sink.`}
    >
      <div className="space-y-3 px-5 pb-5">
        <ul className="divide-y border-y">
          {FORMS.map((one) => (
            <li key={one.form} className="flex items-center justify-between gap-4 py-3">
              <span className="min-w-0">
                <span className="block font-medium">{one.name}</span>
                <span className="block text-small text-pretty text-soft">{one.meaning}</span>
              </span>
              <Button disabled={file.state.kind === "running"} onClick={() => file.start(one.form)}>
                Save as {one.name}
              </Button>
            </li>
          ))}
        </ul>
        <Progress file={file} />
      </div>
    </Dialog>
  )
}

function Progress({ file: { state, stop } }: { file: RecordFile }): ReactNode {
  switch (state.kind) {
    case "idle":
      return null
    case "running":
      return (
        <div className="flex items-center justify-between gap-4">
          <p role="status" className="text-soft">
            {count(state.lines, "event")} read
          </p>
          <Button onClick={stop}>Stop</Button>
        </div>
      )
    case "saved":
      return (
        <p role="status" className={state.complete ? "text-soft" : "text-ask"}>
          {state.complete
            ? `${count(state.lines, "event")} saved.`
            : `The newest ${count(state.lines, "event")} were saved: there are more. Narrow by time for what is older.`}
        </p>
      )
    case "failed":
      return <ProblemNote error={state.error} />
  }
}
