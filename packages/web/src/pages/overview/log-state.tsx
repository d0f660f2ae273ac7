import type { LogProgress } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

/** How far the record is under a signature. */
export function LogState({ log }: { log: LogProgress }): ReactNode {
  const waiting = Math.max(0, log.sequenced - log.published)
  return (
    <Section title="The log">
      <p className="flex items-start gap-2">
        <Icon name="proof" className="mt-0.5 size-4 text-soft" />
        <span className="text-pretty">
          {count(log.published, "entry", "entries")} under a signed checkpoint
          {waiting > 0 ? `, ${count(waiting, "event")} waiting for one.` : ", nothing waiting."}
        </span>
      </p>
      <p className="mt-1 truncate pl-6 font-mono text-small text-faint">
        <Said text={log.origin} />
      </p>
    </Section>
  )
}
