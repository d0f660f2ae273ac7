import type { Client, CsvFile } from "@tabard/api"
import { useMutation } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useClient } from "../data/client-context.ts"
import { saveCsv } from "../data/save-csv.ts"
import { grouped } from "../words/count.ts"
import { problemWords } from "../words/problem-words.ts"
import { Button } from "./button.tsx"

/** Saves what a list holds as a file; it says where the file holds less than the list. */
export function SaveCsvButton({ ask }: { ask: (client: Client) => Promise<CsvFile> }): ReactNode {
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
      <Button busy={isPending} onClick={() => mutate()}>
        Save as CSV
      </Button>
    </span>
  )
}
