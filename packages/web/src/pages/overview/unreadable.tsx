import type { ScanView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

/** What a scan could not read: what is there is unknown, not absent. */
export function Unreadable({ places }: { places: ScanView["unreadable"] }): ReactNode {
  if (places.length === 0) return null
  return (
    <details className="group mt-2">
      <summary className="flex items-center gap-1.5 text-ask">
        <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
        {count(places.length, "place")} could not be read
      </summary>
      <ul className="mt-1.5 ml-4.5 max-h-64 overflow-y-auto border-l pl-3" tabIndex={0}>
        {places.map((place) => (
          <li key={`${place.path} ${place.reason}`} className="py-0.5">
            <code className="font-mono text-small wrap-anywhere">
              <Said text={place.path} />
            </code>
            <span className="block text-small text-faint">
              <Said text={place.reason} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
