import type { SightingView } from "@tabard/api"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"

/** The places where an agent was seen, with what was seen there. */
export function Sightings({ sightings }: { sightings: readonly SightingView[] }): ReactNode {
  return (
    <ul>
      {sightings.map((sighting) => (
        <li
          key={`${sighting.reporter} ${sighting.firstSeen}`}
          className="border-b px-3 py-2.5 last:border-b-0"
        >
          <p className="text-small text-faint">
            <Said text={sighting.reporterName} />
            {sighting.reporterRevoked && " (revoked since)"} · first <Moment at={sighting.firstSeen} />, last{" "}
            <Moment at={sighting.lastSeen} />
          </p>
          <ul className="mt-1">
            {sighting.locations.map((location) => (
              <li
                key={`${location.path}:${location.line ?? ""}`}
                className="font-mono text-small wrap-anywhere"
              >
                <Said text={location.path} />
                {location.line !== null && <span className="text-faint">:{location.line}</span>}
              </li>
            ))}
          </ul>
          {sighting.evidence.length > 0 && (
            <ul className="mt-1 text-soft">
              {[...new Set(sighting.evidence)].map((evidence) => (
                <li key={evidence} className="break-words">
                  <Said text={evidence} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
