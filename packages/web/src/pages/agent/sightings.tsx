import type { AgentDetail, SightingView } from "@tabard/api"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { SplitButton } from "./split-button.tsx"

/** The places where an agent was seen, with what was seen there. */
export function Sightings({ agent }: { agent: AgentDetail }): ReactNode {
  const maySplit = useIsSteward() && agent.seen.length > 1
  return (
    <ul>
      {agent.seen.map((sighting) => (
        <li key={`${sighting.reporter} ${sighting.key}`} className="border-b px-3 py-2.5 last:border-b-0">
          <div className="flex items-baseline justify-between gap-3">
            <p className="text-small text-faint">
              <Said text={sighting.reporterName} />
              {sighting.reporterRevoked && " (revoked since)"} · first <Moment at={sighting.firstSeen} />,
              last <Moment at={sighting.lastSeen} />
            </p>
            {maySplit && <SplitButton agent={agent} sighting={sighting} />}
          </div>
          {sighting.vanishedAt !== null && (
            <p className="mt-0.5 text-small text-ask">
              Not there any more since <Moment at={sighting.vanishedAt} />
            </p>
          )}
          {sighting.placedBy && <Placed by={sighting.placedBy} />}
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

function Placed({ by }: { by: NonNullable<SightingView["placedBy"]> }): ReactNode {
  return (
    <p className="mt-0.5 text-small wrap-anywhere text-soft">
      <Said text={by.person.name} /> said that this is it <Moment at={by.at} />: <Said text={by.reason} />
    </p>
  )
}
