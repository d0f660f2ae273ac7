import type { LogView } from "@tabard/api"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"
import { LogPart } from "./log-part.tsx"
import { SettleWitnesses } from "./settle-witnesses.tsx"

/** Whether others than the log vouch for it: the evidence by its quorum, and each witness with what it has seen. */
export function LogEvidence({ log }: { log: LogView }): ReactNode {
  return (
    <LogPart name="Witnesses">
      <EvidenceMark log={log} />
      <p className="mt-0.5 text-small text-pretty text-soft">
        <Said text={log.evidenceSaid} />
      </p>
      {log.witnesses.length > 0 && (
        <ul className="mt-2 divide-y border-y">
          {log.witnesses.map((witness) => (
            <li key={witness.verifierKey} className="py-1.5">
              <Witness witness={witness} published={log.published - log.base} />
            </li>
          ))}
        </ul>
      )}
      <SettleWitnesses />
    </LogPart>
  )
}

function EvidenceMark({ log: { evidence, quorum } }: { log: LogView }): ReactNode {
  if (evidence === null)
    return (
      <Mark icon="nobody" tone="calm">
        Nobody but the log's own key
      </Mark>
    )
  const age = quorum && <Moment at={quorum.at} />
  return evidence === "green" ? (
    <Mark icon="active" tone="permit">
      A quorum has seen it{age && <>, {age}</>}
    </Mark>
  ) : (
    <Mark icon="warning" tone="deny">
      {age ? <>The last quorum was {age}</> : "No quorum within the hour"}
    </Mark>
  )
}

function Witness(props: { witness: LogView["witnesses"][number]; published: number }): ReactNode {
  const { name, size, cosignedAt, trouble } = props.witness
  const behind = Math.max(0, props.published - size)
  return (
    <>
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">
          <Said text={name} />
        </span>
        <span className="shrink-0 text-small text-faint">
          {cosignedAt === null ? "has not signed yet" : <Moment at={cosignedAt} />}
        </span>
      </span>
      {trouble ? (
        <span className="block text-small text-pretty wrap-anywhere text-deny">
          <Said text={trouble.said} />
        </span>
      ) : (
        cosignedAt !== null && (
          <span className="block text-small text-faint">
            {behind === 0 ? "all of it" : `all but the newest ${count(behind, "entry", "entries")}`}
          </span>
        )
      )}
    </>
  )
}
