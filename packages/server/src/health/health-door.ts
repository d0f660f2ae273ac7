import type { RecordGate } from "@tabard/control"
import { Hono } from "hono"

/** What the doors for probes ask. */
export interface HealthDoorDeps {
  /** Rejects where a write could not be kept now. */
  readonly ping: () => Promise<void>
  readonly record: RecordGate
}

/**
 * Answers probes, who need no account and hear one word: `/livez` that the process answers, `/readyz` that it can do its
 * work, `/health` that it can write. `degraded` means that what is consequential waits for the record.
 */
export function healthDoor({ ping, record }: HealthDoorDeps): Hono {
  const app = new Hono()
  app.get("/livez", (context) => context.json({ status: "ok" }))
  app.get("/health", async (context) => {
    await ping()
    return context.json({ status: "ok" })
  })
  app.get("/readyz", async (context) => {
    const [written, stop] = await Promise.all([isWritten(ping), record.stop()])
    if (!written || stop?.all) return context.json({ status: "unavailable" }, 503)
    return context.json({ status: stop ? "degraded" : "ok" })
  })
  return app
}

async function isWritten(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping()
    return true
  } catch {
    return false
  }
}
