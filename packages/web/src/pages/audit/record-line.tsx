import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useLog } from "../../data/events-query.ts"
import { useHealth } from "../../data/health-query.ts"
import { useSinks } from "../../data/sinks-query.ts"
import { exporting, type RecordAnswer, wholeness, witnessing } from "./record-standing.ts"

/** What an auditor asks first, in one line: is the record whole, is it witnessed, is it exported. */
export function RecordLine(): ReactNode {
  const log = useLog()
  const health = useHealth()
  const sinks = useSinks()
  const whole = log.data && health.data && wholeness(log.data, health.data)
  return (
    <ul aria-label="How the record stands" className="mb-4 flex flex-wrap gap-x-8 gap-y-1.5 max-md:flex-col">
      <Answer what="Wholeness" answer={whole} failed={log.isError || health.isError} />
      <Answer what="Witnesses" answer={log.data && witnessing(log.data)} failed={log.isError} />
      <Answer
        what="Export"
        answer={sinks.data && exporting(sinks.data.items)}
        failed={sinks.isError}
        exported
      />
    </ul>
  )
}

function Answer(props: {
  what: string
  answer: RecordAnswer | undefined
  failed: boolean
  exported?: boolean
}): ReactNode {
  const { what, answer, failed, exported = false } = props
  // What was read a while ago is not said to be so still.
  if (failed)
    return (
      <li>
        <Mark icon="warning" tone="ask">
          {what}: it could not be read
        </Mark>
      </li>
    )
  if (!answer) return <li aria-busy className="skeleton h-5 w-56 rounded" />
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-2">
      <Mark icon={answer.icon} tone={answer.tone}>
        <span className="font-medium">{answer.words}</span>
      </Mark>
      <span className="min-w-0 text-small text-pretty wrap-anywhere text-soft">
        {exported ? (
          <Link to="/settings" search={{ tab: "export" }} className="underline">
            {answer.rests}
          </Link>
        ) : (
          <Said text={answer.rests} />
        )}
        {answer.at !== undefined && (
          <>
            , <Moment at={answer.at} />
          </>
        )}
      </span>
    </li>
  )
}
