import type { LogView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { CopyableBlock } from "../../components/copyable.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useLog } from "../../data/events-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { count } from "../../words/count.ts"
import { Generations } from "./generations.tsx"
import { LogEvidence } from "./log-evidence.tsx"
import { LogPart } from "./log-part.tsx"
import { NewLog } from "./new-log.tsx"
import { Retention } from "./retention.tsx"
import { TrustPolicy } from "./trust-policy.tsx"
import { VerifyWhole } from "./verify-whole.tsx"

const WIDE = "(min-width: 1280px)"

/** What proves the record: how far it is signed, who has seen it, by which key, and how anybody can check. */
export function LogPanel(): ReactNode {
  const [open, setOpen] = useState(() => window.matchMedia(WIDE).matches)
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group overflow-hidden rounded-lg border"
    >
      <summary className="flex h-10 items-center gap-2 px-4 font-semibold -outline-offset-2 hover:bg-panel">
        <Icon name="proof" className="size-4 text-soft" />
        <h2>The log</h2>
        <Icon
          name="right"
          className="ml-auto size-3 text-faint transition-transform duration-100 group-open:rotate-90"
        />
      </summary>
      <div className="border-t">
        <Loaded
          reading={readingOf(useLog())}
          what="The log"
          loading={<SkeletonLines lines={6} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {(log) => <Log log={log} />}
        </Loaded>
      </div>
    </details>
  )
}

function Log({ log }: { log: LogView }): ReactNode {
  const seesWhole = useSeesWhole()
  const waiting = Math.max(0, log.sequenced - log.published)
  return (
    <div className="space-y-4 p-4">
      <p className="text-pretty">
        {count(log.published, "entry", "entries")} under a signed checkpoint
        {waiting > 0 && `, ${count(waiting, "event")} waiting for one`}.
        <span className="mt-0.5 block font-mono text-small wrap-anywhere text-faint">
          <Said text={log.origin} />
        </span>
      </p>
      <LogEvidence log={log} />
      {seesWhole && <TrustPolicy />}
      <VerifyWhole log={log} />
      {seesWhole && (
        <>
          <Retention />
          <Generations />
        </>
      )}
      <LogPart name="Verifier key">
        <CopyableBlock text={log.verifierKey} what="the verifier key" />
        <NewLog />
      </LogPart>
      <LogPart name="Checkpoint">
        {log.checkpoint === null ? (
          <p className="text-soft">None has been signed yet.</p>
        ) : (
          <CopyableBlock text={log.checkpoint} what="the checkpoint" />
        )}
      </LogPart>
    </div>
  )
}
