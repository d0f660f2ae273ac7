import type { HealthPartView, HealthView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../components/icon.tsx"
import { Moment } from "../components/moment.tsx"
import { useHealth } from "../data/health-query.ts"

/** Says above every page that the record is not kept, and what waits for it; nothing while all is well. */
export function HealthBanner(): ReactNode {
  const { data } = useHealth()
  const failing = data?.parts.filter(({ status }) => status === "failing") ?? []
  if (!data || (failing.length === 0 && !data.stopped)) return null
  return (
    <div role="alert" className="flex gap-2.5 border-b bg-deny-wash px-4 py-2.5 text-deny md:px-8">
      <Icon name="warning" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 text-pretty wrap-anywhere">
        <p className="font-medium">{headline(data)}</p>
        {failing.map((part) => (
          <Part key={part.part} part={part} />
        ))}
      </div>
    </div>
  )
}

function Part({ part: { part, words, since } }: { part: HealthPartView }): ReactNode {
  return (
    <p className="text-small">
      <span className="capitalize">{part}</span>: {words}
      {since !== null && (
        <>
          {" "}
          Since <Moment at={since} />.
        </>
      )}
    </p>
  )
}

function headline({ stopped }: HealthView): string {
  return stopped
    ? "The record cannot be kept. Nobody gets more to do until it is, and agents only read."
    : "Something here does not work."
}
