import { MAX_REGISTER_BYTES, type PeopleReport } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CsvFileField } from "../../components/csv-file-field.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField } from "../../components/field.tsx"
import { Icon } from "../../components/icon.tsx"
import { ImportPreview } from "../../components/import-preview.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useImportPeople } from "../../data/people-acts.ts"
import { count } from "../../words/count.ts"
import { applyWords, canApply, sumWords } from "./import-words.ts"
import { MissingPeople } from "./missing-people.tsx"

/** Reads people from a file: first it says, line by line, what would happen; then all of it happens, or none. */
export function ImportPeopleDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [csv, setCsv] = useState<string>()
  const [tooLarge, setTooLarge] = useState(false)
  const [reactivate, setReactivate] = useState(false)
  const [off, setOff] = useState(false)
  const { mutate, data: report, isPending, error, reset } = useImportPeople()
  const read = async (file: File | undefined): Promise<void> => {
    reset()
    setOff(false)
    setCsv(undefined)
    setTooLarge((file?.size ?? 0) > MAX_REGISTER_BYTES)
    if (!file || file.size > MAX_REGISTER_BYTES) return
    const text = await file.text()
    setCsv(text)
    mutate({ csv: text, reactivate })
  }
  const lookAgain = (lets: boolean): void => {
    setReactivate(lets)
    if (csv !== undefined) mutate({ csv, reactivate: lets })
  }
  const apply = (): void => {
    if (csv === undefined || !report) return
    mutate({ csv, apply: true, reactivate, deactivateMissing: off ? report.missing : undefined })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import people"
      description="A CSV file with a header: email, name, role, manager, teams. Nobody gets a link or a session by it, nobody becomes administrator, and nothing changes before you have seen what would."
    >
      <div className="space-y-4 px-5 pt-1 pb-5">
        <CsvFileField onFile={(file) => void read(file)} />
        {tooLarge && <p className="text-deny">The file is larger than 5 MB: part it.</p>}
        {report && (
          <Looked report={report} wishes={{ reactivate, off }} onReactivate={lookAgain} onOff={setOff} />
        )}
        <ProblemNote error={error} />
      </div>
      {report?.applied ? (
        <Done report={report} onClose={onClose} />
      ) : (
        <DialogFoot onClose={onClose}>
          <Button
            look={off ? "stop" : "primary"}
            busy={isPending}
            disabled={!canApply(report, off) || csv === undefined}
            onClick={apply}
          >
            {applyWords(report, off)}
          </Button>
        </DialogFoot>
      )}
    </Dialog>
  )
}

function Looked(props: {
  report: PeopleReport
  wishes: { reactivate: boolean; off: boolean }
  onReactivate: (lets: boolean) => void
  onOff: (off: boolean) => void
}): ReactNode {
  const { report, wishes } = props
  const lines = report.lines.map(({ email, ...line }) => ({ ...line, name: email }))
  return (
    <>
      <ImportPreview sum={sumWords(report)} lines={lines} ignoredColumns={report.ignoredColumns} />
      {!report.applied && (
        <>
          <CheckField
            label="Let people of the file who were switched off in again"
            checked={wishes.reactivate}
            onChange={(event) => props.onReactivate(event.target.checked)}
          />
          <MissingPeople report={report} off={wishes.off} onOff={props.onOff} />
        </>
      )}
    </>
  )
}

function Done({ report, onClose }: { report: PeopleReport; onClose: () => void }): ReactNode {
  return (
    <footer className="flex items-center justify-between gap-3 border-t px-5 py-3">
      <span className="flex items-center gap-1.5 text-permit" role="status">
        <Icon name="check" /> The people were imported
        {report.deactivated > 0 && `, and ${count(report.deactivated, "person", "people")} switched off`}.
      </span>
      <Button look="primary" onClick={onClose}>
        Done
      </Button>
    </footer>
  )
}
