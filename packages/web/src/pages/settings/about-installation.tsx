import type { AboutView, LogView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Section } from "../../components/page.tsx"
import { useAbout } from "../../data/about-query.ts"
import { useLog } from "../../data/events-query.ts"
import { count, listed } from "../../words/count.ts"

/** What runs here, and how far its log has come. */
export function AboutInstallation(): ReactNode {
  return (
    <div className="space-y-8">
      <Section title="What runs here">
        <Loaded
          reading={readingOf(useAbout())}
          what="What runs here"
          loading={<SkeletonLines lines={5} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {(about) => <Installation about={about} />}
        </Loaded>
      </Section>
      <Section title="The log">
        <Loaded
          reading={readingOf(useLog())}
          what="The state of the log"
          loading={<SkeletonLines lines={3} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {(log) => <Log log={log} />}
        </Loaded>
      </Section>
    </div>
  )
}

const STORES: Readonly<Record<AboutView["store"], string>> = { sqlite: "SQLite", postgres: "PostgreSQL" }

function Installation({ about }: { about: AboutView }): ReactNode {
  return (
    <Definitions>
      <Definition name="Version">
        Tabard {about.version} <span className="text-faint">on Node {about.node.replace(/^v/, "")}</span>
      </Definition>
      <Definition name="Store">
        {STORES[about.store]} <span className="text-faint">at step {about.schema} of the schema</span>
      </Definition>
      <Definition name="This process" hint="The parts that it plays; others may play more.">
        {listed(about.roles)}
      </Definition>
      <Definition name="Mode">
        {about.production
          ? "Production"
          : "Not production: a key is made where none is given, and plain http is served on loopback"}
      </Definition>
      <Definition name="Servers that it starts">
        {about.sandboxed ? "run in the sandbox" : "run as the user who started Tabard, outside a sandbox"}
      </Definition>
      <Definition name="Issuer" hint="Who signs the tokens of agents.">
        <Copyable text={about.issuer} what="the issuer" />
      </Definition>
    </Definitions>
  )
}

function Log({ log }: { log: LogView }): ReactNode {
  const waiting = Math.max(0, log.sequenced - log.published)
  return (
    <Definitions>
      <Definition name="State" hint="What happened here, in an order that nobody can rewrite.">
        {count(log.published, "entry", "entries")} under a signed checkpoint
        {waiting > 0 && <span className="text-soft">, {count(waiting, "event")} waiting for one</span>}
        <Link to="/audit" className="block text-accent hover:underline">
          Read the record
        </Link>
      </Definition>
      <Definition name="Origin">
        <Copyable text={log.origin} what="the origin of the log" />
      </Definition>
      <Definition name="Verifier key" hint="Whoever means to verify the log keeps it somewhere else.">
        <Copyable text={log.verifierKey} what="the verifier key" />
      </Definition>
    </Definitions>
  )
}
