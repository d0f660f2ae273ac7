import { MAX_REGISTER_BYTES, type RegisterReport } from "@tabard/api"
import { exportRegister, type ImportedRegister, importRegister } from "@tabard/control"
import { Problem } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** The register as a file, in and out. */
export function registerHandlers(services: ApiServices): Pick<Handlers, "importRegister" | "exportRegister"> {
  const { shelf, organisation, clock } = services
  const deps = { ...recordContext(services), ...shelf }
  return {
    importRegister: async ({ user }, { csv, apply = false }) => {
      assertSize(csv)
      return report(await importRegister(deps, user, { csv, apply }))
    },
    exportRegister: async (context, { form }) => {
      const now = clock.now()
      const { csv, agents } = await exportRegister({ ...shelf, clock })
      const filename = `agents-${organisation.slug}-${now.toISOString().slice(0, 10)}.csv`
      if (form === "file") context.sendFile({ name: filename, type: "text/csv; charset=utf-8", text: csv })
      return { filename, csv, agents }
    },
  }
}

function assertSize(csv: string): void {
  if (Buffer.byteLength(csv) <= MAX_REGISTER_BYTES) return
  throw new Problem(
    "register_invalid",
    `a register has at most ${MAX_REGISTER_BYTES} bytes: send it in parts`,
  )
}

function report({ applied, ignored, lines }: ImportedRegister): RegisterReport {
  const counted = (does: string): number => lines.filter((line) => line.does === does).length
  return {
    applied,
    entered: counted("enter"),
    changed: counted("change"),
    unchanged: counted("nothing"),
    refused: counted("refused"),
    ignoredColumns: ignored,
    lines: lines.map((planned) => ({
      line: planned.line,
      name: planned.name,
      agent: ("agent" in planned && planned.agent?.id) || null,
      does: planned.does,
      says: planned.says,
    })),
  }
}
