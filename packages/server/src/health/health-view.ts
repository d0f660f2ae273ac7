import type { HealthPartView, HealthStatus, HealthView } from "@tabard/api"
import type { RecordGate } from "@tabard/control"
import type { HealthPart } from "./health-part.ts"

/** From the best to the worst. */
const WORSE: readonly HealthStatus[] = ["ok", "degraded", "failing"]

/** Asks every part how it does, and answers as the worst of them. Why one could not say is for the operator's log. */
export async function healthView(
  parts: readonly HealthPart[],
  { record, onFault }: { record: RecordGate; onFault: (error: unknown) => void },
): Promise<HealthView> {
  const told = await Promise.all(parts.map((part) => asked(part, onFault)))
  const worst = Math.max(0, ...told.map(({ status }) => WORSE.indexOf(status)))
  return { status: WORSE[worst] ?? "failing", parts: told, stopped: (await record.stop()) !== undefined }
}

async function asked({ part, now }: HealthPart, onFault: (error: unknown) => void): Promise<HealthPartView> {
  try {
    const { status, words, since } = await now()
    return { part, status, words, since: since?.toISOString() ?? null }
  } catch (error) {
    onFault(error)
    return { part, status: "failing", words: "It does not answer. The operator's log says why.", since: null }
  }
}
