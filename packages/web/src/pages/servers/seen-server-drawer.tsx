import type { ObservedServerView } from "@tabard/api"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Drawer, DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useObservedServer } from "../../data/seen-query.ts"
import { capabilityWords } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"
import { FindingsAbout, SeenAt, UsedBy } from "../seen/seen-parts.tsx"
import { launchWords } from "./launch-words.ts"
import { ServerFlags } from "./server-flags.tsx"

/** One server that scans saw, beside the list. */
export function SeenServerDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Server" onClose={onClose}>
      <Loaded
        reading={readingOf(useObservedServer(id))}
        what="The server"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(server) => <Story server={server} />}
      </Loaded>
    </Drawer>
  )
}

function Story({ server }: { server: ObservedServerView }): ReactNode {
  return (
    <div className="space-y-5">
      <header className="space-y-1">
        <h2 className="text-lead font-semibold wrap-anywhere">
          <Said text={server.name} />
        </h2>
        <p className="flex flex-wrap gap-x-3 empty:hidden">
          <ServerFlags flags={server.flags} />
        </p>
        {server.vanishedAt !== null && (
          <p className="text-soft">
            Not there any more since <Moment at={server.vanishedAt} />.
          </p>
        )}
      </header>
      <dl>
        <DrawerFact name="Leads to">
          <Said text={server.system ?? "a system that is not known"} />
        </DrawerFact>
        <DrawerFact name="It can">
          <Said text={capabilityWords(server.capabilities)} />
        </DrawerFact>
        <DrawerFact name="Transport">
          <Said text={server.transport} />
          {!server.enabled && ", switched off"}
        </DrawerFact>
        <DrawerFact name="Publisher">
          {server.catalogue === null ? "not in the catalogue" : <Said text={server.catalogue} />}
        </DrawerFact>
        <DrawerFact name={server.url === null ? "Started by" : "Address"}>
          <Copyable text={launchWords(server)} what="how it is reached" />
        </DrawerFact>
        <DrawerFact name="First seen">
          <Moment at={server.firstSeen} />
        </DrawerFact>
        <DrawerFact name="Last seen">
          <Moment at={server.lastSeen} />
        </DrawerFact>
      </dl>
      <UsedBy thing={server} />
      <Tools tools={server.tools} />
      <SeenAt seen={server.seen} />
      <FindingsAbout subject={server.id} />
    </div>
  )
}

function Tools({ tools }: Pick<ObservedServerView, "tools">): ReactNode {
  return (
    <DrawerPart title={tools === null ? "Tools" : count(tools.length, "tool")}>
      {tools === null ? (
        <p className="text-soft">
          Nobody reviewed its tools: they are known where the same program stands behind the gateway.
        </p>
      ) : (
        <ul>
          {tools.map(({ name, effects }) => (
            <li key={name} className="flex flex-wrap justify-between gap-x-3 py-0.5">
              <code className="font-mono text-small wrap-anywhere">
                <Said text={name} />
              </code>
              <span className="text-small text-soft">{capabilityWords(effects)}</span>
            </li>
          ))}
        </ul>
      )}
    </DrawerPart>
  )
}
