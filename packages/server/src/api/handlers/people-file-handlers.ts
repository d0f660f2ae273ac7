import { MAX_REGISTER_BYTES, type PeopleFileOperations, type PeopleReport } from "@tabard/api"
import { exportPeople, type ImportedPeople, importPeople } from "@tabard/control"
import { Problem } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** How many of those who are not in a file are named. */
const NAMED = 200

/** The people of the directory as a file, in and out. */
export function peopleFileHandlers(services: ApiServices): Pick<Handlers, keyof PeopleFileOperations> {
  const { shelf, organisation, clock } = services
  const deps = { ...recordContext(services), ...shelf }
  return {
    importPeople: async ({ user }, { csv, apply = false, reactivate = false, deactivateMissing }) => {
      assertSize(csv)
      return report(await importPeople(deps, user, { csv, apply, reactivate, deactivateMissing }))
    },
    exportPeople: async (context, { form }) => {
      const { csv, people } = await shelf.snapshot(exportPeople)
      const filename = `people-${organisation.slug}-${clock.now().toISOString().slice(0, 10)}.csv`
      if (form === "file") context.sendFile({ name: filename, type: "text/csv; charset=utf-8", text: csv })
      return { filename, csv, people }
    },
  }
}

function assertSize(csv: string): void {
  if (Buffer.byteLength(csv) <= MAX_REGISTER_BYTES) return
  const words = `a file of people has at most ${MAX_REGISTER_BYTES} bytes: send it in parts`
  throw new Problem("people_invalid", words)
}

function report({ applied, ignored, deactivated, missing, lines }: ImportedPeople): PeopleReport {
  const counted = (does: string): number => lines.filter((line) => line.does === does).length
  return {
    applied,
    entered: counted("enter"),
    changed: counted("change"),
    unchanged: counted("nothing"),
    refused: counted("refused"),
    deactivated,
    missing: missing.length,
    missingPeople: missing.slice(0, NAMED).map(({ id, name }) => ({ id, name })),
    ignoredColumns: ignored,
    lines: lines.map(({ line, email, does, says, ...planned }) => ({
      line,
      email,
      person: ("user" in planned && planned.user?.id) || null,
      does,
      says,
    })),
  }
}
