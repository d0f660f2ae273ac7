import type { ReactNode } from "react"

/** Lets a file of comma-separated values be chosen; the same one again, once it was mended, is read anew. */
export function CsvFileField({ onFile }: { onFile: (file: File | undefined) => void }): ReactNode {
  return (
    <label className="flex items-center gap-3">
      <span className="font-medium">File</span>
      <input
        type="file"
        accept=".csv,text/csv"
        onClick={(event) => {
          // A browser tells nothing where the same name is chosen again.
          event.currentTarget.value = ""
        }}
        onChange={(event) => onFile(event.target.files?.[0])}
        className="min-w-0 flex-1 text-soft file:mr-3 file:h-8 file:rounded-md file:border file:border-edge file:bg-ground file:px-3 file:font-medium file:text-ink"
      />
    </label>
  )
}
