import type { ServerView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { VirtualRows } from "../../components/virtual-rows.tsx"
import { useServers } from "../../data/servers-query.ts"
import { capabilityWords } from "../../words/access-words.ts"
import type { PolicyPartProps } from "./policies-page.tsx"
import { ToolDrawer } from "./tool-drawer.tsx"

const ROW = 37

/** What each tool is taken for: policies speak of these effects; one opens beside the list to be corrected. */
export function ToolsTab({ search, onSearch }: PolicyPartProps): ReactNode {
  const { tool: open } = search
  return (
    <WithDrawer
      drawer={
        open && (
          <ToolDrawer
            key={open}
            id={open}
            onClose={() => onSearch({ tab: "tools" })}
            onCorrected={(tool) => onSearch({ tab: "tools", tool })}
          />
        )
      }
    >
      <p className="mb-3 max-w-prose text-pretty text-soft">
        What a tool does decides which tiers reach it, and what is asked about. It is read from the catalogue
        and its definition; its server’s own word never makes it do less. People correct it.
      </p>
      <Loaded
        reading={readingOf(useServers())}
        what="The tools"
        loading={<SkeletonRows rows={8} height={ROW} />}
        isEmpty={({ items }) => toolsOf(items).length === 0}
        empty={
          <EmptyFace title="No tool was reviewed yet">
            The tools of a server are pinned and read when it is put behind the gateway.
          </EmptyFace>
        }
        partial={() => null}
      >
        {({ items }) => (
          <div className="border-t">
            <VirtualRows label="Tools" items={toolsOf(items)} height={ROW} more={undefined}>
              {(tool) => (
                <Link
                  to="/policies"
                  search={{ tab: "tools", tool: tool.id }}
                  replace={open !== undefined}
                  data-row=""
                  className={`flex items-baseline gap-4 px-3 ${rowLook(tool.id === open)}`}
                >
                  <code className="min-w-0 flex-1 truncate font-mono">
                    <Said text={`${tool.server}/${tool.name}`} />
                  </code>
                  <span className="max-w-1/2 truncate text-small text-soft">
                    {capabilityWords(tool.effects)}
                  </span>
                </Link>
              )}
            </VirtualRows>
          </div>
        )}
      </Loaded>
    </WithDrawer>
  )
}

type Tool = ServerView["tools"][number] & { readonly server: string }

function toolsOf(servers: readonly ServerView[]): readonly Tool[] {
  return servers.flatMap(({ name, tools }) => tools.map((tool) => ({ ...tool, server: name })))
}
