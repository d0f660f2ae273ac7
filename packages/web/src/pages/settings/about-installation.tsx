import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { useLog } from "../../data/events-query.ts"
import { count } from "../../words/count.ts"

/** What runs here, and how far its log has come. */
export function AboutInstallation(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useLog())}
      what="The state of the log"
      loading={<SkeletonLines lines={4} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {(log) => (
        <Definitions>
          <Definition name="Log" hint="What happened here, in an order that nobody can rewrite.">
            {count(log.published, "entry", "entries")} under a signed checkpoint
            {log.sequenced > log.published && (
              <span className="text-soft">, {count(log.sequenced - log.published, "event")} waiting</span>
            )}
            <Link to="/audit" className="block text-accent hover:underline">
              Read the record
            </Link>
          </Definition>
          <Definition name="Its origin">
            <Copyable text={log.origin} what="the log's origin" />
          </Definition>
          <Definition name="Verifier key" hint="Whoever means to verify the log keeps it somewhere else.">
            <Copyable text={log.verifierKey} what="the verifier key" />
          </Definition>
        </Definitions>
      )}
    </Loaded>
  )
}
