import type { RetentionView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Said } from "../../components/said.tsx"
import { useRetention } from "../../data/events-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { count, grouped } from "../../words/count.ts"
import { dayOf } from "../../words/time.ts"
import { LogPart } from "./log-part.tsx"
import { SettleRetentionDialog } from "./settle-retention-dialog.tsx"

/** How long the record is kept, and what has left it. */
export function Retention(): ReactNode {
  const { data, error } = useRetention()
  if (error) return <LogPart name="Retention">It could not be read.</LogPart>
  if (!data) return null
  return (
    <LogPart name="Retention">
      <p className="text-pretty">{keptWords(data)}</p>
      {data.settled && (
        <p className="mt-0.5 text-small text-pretty text-soft">
          Settled by <Said text={data.settled.by.name} /> on {dayOf(data.settled.at)}:{" "}
          <Said text={data.settled.reason} />
        </p>
      )}
      <Settle kept={data} />
      {pruned(data).map(({ number, minimumIndex, prunedAt }) => (
        <p key={number} className="mt-0.5 text-small text-soft">
          Of log {number}, the entries before {grouped(minimumIndex)} have left
          {prunedAt !== null && `, on ${dayOf(prunedAt)}`}; every proof of what remains still holds.
        </p>
      ))}
    </LogPart>
  )
}

function Settle({ kept }: { kept: RetentionView }): ReactNode {
  const { user } = useSignedIn()
  const [open, setOpen] = useState(false)
  if (user.role !== "administrator") return null
  return (
    <>
      <Button size="small" className="mt-1.5" onClick={() => setOpen(true)}>
        Settle how long it is kept…
      </Button>
      {open && <SettleRetentionDialog kept={kept} onClose={() => setOpen(false)} />}
    </>
  )
}

function keptWords({ months, keptSince }: RetentionView): string {
  if (months === null) return "All of it is kept."
  const since = keptSince === null ? "" : `: now those before ${dayOf(keptSince)}`
  return `Entries older than ${count(months, "month")} leave it${since}.`
}

function pruned({ logs }: RetentionView): RetentionView["logs"] {
  return logs.filter(({ minimumIndex }) => minimumIndex > 0)
}
