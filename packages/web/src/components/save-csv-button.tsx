import type { Client, CsvFile } from "@tabard/api"
import { useMutation } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useClient } from "../data/client-context.ts"
import { saveCsv } from "../data/save-csv.ts"
import { grouped } from "../words/count.ts"
import { problemWords } from "../words/problem-words.ts"
import { Button } from "./button.tsx"

/** Saves what a list holds as a file; it says where the file holds less than the list. */
export function SaveCsvButton(props: {
  ask: (client: Client) => Promise<CsvFile>
  /** As it stands among the words above a list. */
  quiet?: boolean
  /** Nothing is shown that could be saved. */
  disabled?: boolean
}): ReactNode {
  const { ask, quiet = false, disabled = false } = props
  const client = useClient()
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () => ask(client),
    onSuccess: saveCsv,
  })
  return (
    <span className="flex items-center gap-2">
      {error && (
        <span role="alert" className="text-small text-deny">
          {problemWords(error)}
        </span>
      )}
      {data && !data.complete && (
        <span role="status" className="text-small text-ask">
          The first {grouped(data.lines)} were saved: there are more.
        </span>
      )}
      <Button
        {...(quiet && { look: "quiet", size: "small" })}
        busy={isPending}
        disabled={disabled}
        onClick={() => mutate()}
      >
        Save as CSV
      </Button>
    </span>
  )
}
