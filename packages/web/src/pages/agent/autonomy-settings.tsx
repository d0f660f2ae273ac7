import type { FactView } from "@tabard/api"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { autonomySettings } from "./read-autonomy-settings.ts"

/** The settings that say how freely an agent acts: each with its value and the file that holds it. */
export function AutonomySettings({ facts }: { facts: readonly FactView[] }): ReactNode {
  const settings = autonomySettings(facts)
  if (settings.length === 0)
    return (
      <p className="mb-3 text-faint">
        No setting says so: this is what its client does by default, or not known.
      </p>
    )
  return (
    <ul className="mb-3 overflow-hidden rounded-lg border">
      {settings.map(({ setting, value, source }) => (
        <li key={`${setting} ${source}`} className="border-b px-3 py-2 last:border-b-0">
          <p className="font-mono text-small wrap-anywhere">
            <Said text={setting} /> ={" "}
            <span className="font-semibold">
              <Said text={value} />
            </span>
          </p>
          <p className="font-mono text-small wrap-anywhere text-faint">
            <Said text={source} />
          </p>
        </li>
      ))}
    </ul>
  )
}
