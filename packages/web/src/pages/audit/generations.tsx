import type { LogGenerationView } from "@tabard/api"
import type { ReactNode } from "react"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Said } from "../../components/said.tsx"
import { useLogs } from "../../data/events-query.ts"
import { grouped } from "../../words/count.ts"
import { dayOf } from "../../words/time.ts"
import { LogPart } from "./log-part.tsx"

/** The logs that came before, where there are any: each is held by the first entry of the next. */
export function Generations(): ReactNode {
  const logs = useLogs()
  if (logs.error) return <LogPart name="Earlier logs">They could not be read.</LogPart>
  const [newest, ...earlier] = logs.data?.items ?? []
  if (!newest || earlier.length === 0) return null
  return (
    <LogPart name={`Earlier logs, before log ${newest.number} began on ${dayOf(newest.startedAt)}`}>
      <ul className="divide-y border-y">
        {earlier.map((log, place) => (
          <li key={log.number} className="py-1.5">
            <Earlier log={log} next={[newest, ...earlier][place]} />
          </li>
        ))}
      </ul>
    </LogPart>
  )
}

function Earlier({ log, next }: { log: LogGenerationView; next: LogGenerationView | undefined }): ReactNode {
  const last =
    next && next.base > log.base ? `№ ${grouped(log.base)} to № ${grouped(next.base - 1)}` : "no entry"
  return (
    <details>
      <summary className="flex items-baseline justify-between gap-3">
        <span className="font-medium">Log {log.number}</span>
        <span className="text-small text-faint">{last}</span>
      </summary>
      <div className="space-y-2 py-2">
        <p className="text-small text-soft">
          {dayOf(log.startedAt)}
          {log.endedAt !== null && ` to ${dayOf(log.endedAt)}`}, <Said text={log.origin} />
        </p>
        <CopyableBlock text={log.verifierKey} what={`the verifier key of log ${log.number}`} />
        {log.lastCheckpoint !== null && (
          <CopyableBlock text={log.lastCheckpoint} what={`the last checkpoint of log ${log.number}`} />
        )}
      </div>
    </details>
  )
}
