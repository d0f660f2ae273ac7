import type { ReactNode } from "react"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Said } from "../../components/said.tsx"
import { useLogPolicy } from "../../data/log-policy-query.ts"
import { dayOf } from "../../words/time.ts"
import { LogPart } from "./log-part.tsx"

/** Whose signatures the log is held against, once that was settled: the text that whoever verifies is handed. */
export function TrustPolicy(): ReactNode {
  const { data, error } = useLogPolicy()
  if (error) return <LogPart name="Trust policy">It could not be read.</LogPart>
  if (!data || data.text === null) return null
  const { policy, putBy, putAt } = data
  return (
    <LogPart name="Trust policy">
      <CopyableBlock text={policy} what="the trust policy" />
      <p className="mt-1.5 text-small text-pretty text-soft">
        {putBy && putAt !== null && (
          <>
            Settled by <Said text={putBy.name} /> on {dayOf(putAt)}.{" "}
          </>
        )}
        An auditor saves it and verifies with <code className="font-mono">--policy</code>.
      </p>
    </LogPart>
  )
}
