import type { LogGenerationView, LogOperations } from "@tabard/api"
import { askLogRotation, type LogGeneration } from "@tabard/control"
import { z } from "zod"
import type { Handlers } from "../handler.ts"
import { type ListOrder, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"

const LOGS: ListOrder<LogGeneration, number> = {
  list: "logs",
  placeOf: ({ number }) => number,
  place: z.number().int(),
}

/** The logs of the record, which follow each other. */
export function logHandlers(services: ApiServices): Pick<Handlers, keyof LogOperations> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listLogs: (_, asked) =>
      shelf.snapshot(async ({ logs }) => {
        // There are as many as there were rotations.
        const all = await logs.list()
        const { items, next } = await pageOf(LOGS, asked, async ({ after = Infinity, limit }) =>
          all.filter(({ number }) => number < after).slice(0, limit),
        )
        return { items: items.map(generationView), next }
      }),
    rotateLog: async ({ user }, { reason, abandon = false }) => {
      await askLogRotation(deps, user.id, { reason, abandon })
      return {}
    },
  }
}

function generationView({ startedAt, ended, ...log }: LogGeneration): LogGenerationView {
  return {
    ...log,
    startedAt: startedAt.toISOString(),
    endedAt: ended?.at.toISOString() ?? null,
    lastCheckpoint: ended?.checkpoint ?? null,
  }
}
