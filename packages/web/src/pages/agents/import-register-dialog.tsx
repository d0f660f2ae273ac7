import { MAX_REGISTER_BYTES, type RegisterReport } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CsvFileField } from "../../components/csv-file-field.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { Icon } from "../../components/icon.tsx"
import { ImportPreview } from "../../components/import-preview.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useImportRegister } from "../../data/register-query.ts"
import { count } from "../../words/count.ts"

/** Reads a register from a file: first it says, line by line, what would happen; then all of it happens, or none. */
export function ImportRegisterDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [csv, setCsv] = useState<string>()
  const [tooLarge, setTooLarge] = useState(false)
  const { mutate, data: report, isPending, error, reset } = useImportRegister()
  const read = async (file: File | undefined): Promise<void> => {
    reset()
    setCsv(undefined)
    setTooLarge((file?.size ?? 0) > MAX_REGISTER_BYTES)
    if (!file || file.size > MAX_REGISTER_BYTES) return
    const text = await file.text()
    setCsv(text)
    mutate({ csv: text })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import a register"
      description="A CSV file with a header: name, owner, purpose, systems, last review, next review; also category, environment, data classes. Nothing changes before you have seen what would."
    >
      <div className="space-y-4 px-5 pt-1 pb-5">
        <CsvFileField onFile={(file) => void read(file)} />
        {tooLarge && <p className="text-deny">The file is larger than 5 MB: part it.</p>}
        {report && <ImportPreview {...report} sum={sumWords(report)} />}
        <ProblemNote error={error} />
      </div>
      {report?.applied ? (
        <Done onClose={onClose} />
      ) : (
        <DialogFoot onClose={onClose}>
          <Button
            look="primary"
            busy={isPending}
            disabled={!canApply(report) || csv === undefined}
            onClick={() => csv !== undefined && mutate({ csv, apply: true })}
          >
            {applyWords(report)}
          </Button>
        </DialogFoot>
      )}
    </Dialog>
  )
}

function Done({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <footer className="flex items-center justify-between border-t px-5 py-3">
      <span className="flex items-center gap-1.5 text-permit" role="status">
        <Icon name="check" /> The register was imported.
      </span>
      <Button look="primary" onClick={onClose}>
        Done
      </Button>
    </footer>
  )
}

function canApply(report: RegisterReport | undefined): boolean {
  return report !== undefined && report.refused === 0 && report.entered + report.changed > 0
}

function applyWords(report: RegisterReport | undefined): string {
  if (!report) return "Choose a file first"
  if (report.refused > 0) return `Mend ${count(report.refused, "line")} first`
  if (report.entered + report.changed === 0) return "Nothing would change"
  const acts = [
    ...(report.entered > 0 ? [`enter ${count(report.entered, "agent")}`] : []),
    ...(report.changed > 0 ? [`change ${report.changed}`] : []),
  ].join(" and ")
  return acts.charAt(0).toUpperCase() + acts.slice(1)
}

function sumWords({ applied, entered, changed, unchanged }: RegisterReport): string {
  const [enters, changes, leaves] = applied
    ? ["It entered", "changed", "left"]
    : ["It would enter", "change", "leave"]
  return `${enters} ${count(entered, "agent")}, ${changes} ${changed}, and ${leaves} ${unchanged} as they are.`
}
