import { type Client, type EventFileForm, type EventWishes, MOST_OF_A_PAGE } from "@tabard/api"
import { useEffect, useRef, useState } from "react"
import { useClient } from "./client-context.ts"
import { saveFile } from "./save-file.ts"

/** The most events of one file: a browser holds it whole before it is saved. */
export const MOST_SAVED = 100_000

/** How far the writing of a file has come. */
export type RecordFileState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly lines: number }
  | { readonly kind: "saved"; readonly lines: number; readonly complete: boolean }
  | { readonly kind: "failed"; readonly error: unknown }

/** A file of the record that is written portion by portion, and can be stopped. */
export interface RecordFile {
  readonly state: RecordFileState
  readonly start: (form: EventFileForm) => void
  readonly stop: () => void
}

const TYPES: Readonly<Record<EventFileForm, string>> = { csv: "text/csv", jsonl: "application/jsonl" }

/** Writes what these wishes find into a file; leaving the page stops it. */
export function useRecordFile(wishes: EventWishes): RecordFile {
  const client = useClient()
  const [state, setState] = useState<RecordFileState>({ kind: "idle" })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const start = (form: EventFileForm): void => {
    const { signal } = (running.current = new AbortController())
    setState({ kind: "running", lines: 0 })
    const onLines = (lines: number): void => setState({ kind: "running", lines })
    writeFile(client, { ...wishes, form }, { signal, onLines }).then(
      ({ filename, parts, lines, complete }) => {
        saveFile({ name: filename, type: TYPES[form], parts })
        setState({ kind: "saved", lines, complete })
      },
      (error: unknown) => setState(signal.aborted ? { kind: "idle" } : { kind: "failed", error }),
    )
  }
  return { state, start, stop: () => running.current?.abort() }
}

interface Written {
  readonly filename: string
  readonly parts: readonly string[]
  readonly lines: number
  readonly complete: boolean
}

async function writeFile(
  client: Pick<Client, "exportEvents">,
  wishes: EventWishes & { readonly form: EventFileForm },
  { signal, onLines }: { readonly signal: AbortSignal; readonly onLines: (lines: number) => void },
): Promise<Written> {
  const parts: string[] = []
  let [lines, filename] = [0, ""]
  let after: string | undefined
  do {
    const portion = await client.exportEvents({ ...wishes, limit: MOST_OF_A_PAGE, after }, signal)
    parts.push(portion.text)
    lines += portion.lines
    filename = portion.filename
    after = portion.next ?? undefined
    onLines(lines)
  } while (after !== undefined && lines < MOST_SAVED)
  return { filename, parts, lines, complete: after === undefined }
}
